using System.Globalization;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Logs;

/// <summary>Which part of which log is asked for (PodLogOptions).</summary>
internal sealed record LogOptions
{
    public string Container { get; private init; } = "";

    public bool Follow { get; private init; }

    public bool Previous { get; private init; }

    public bool Timestamps { get; private init; }

    /// <summary>Nanoseconds since 1970 before which lines are left out.</summary>
    public long Since { get; private init; } = long.MinValue;

    public long? TailLines { get; private init; }

    public long LimitBytes { get; private init; } = long.MaxValue;

    /// <exception cref="StatusError">400 for what is no number or time, 422 for one that is not allowed.</exception>
    public static LogOptions Of(SimulatedRequest request)
    {
        var query = request.Context.Request.Query;
        var (tail, limit, seconds) = (query.Number("tailLines"), query.Number("limitBytes"), query.Number("sinceSeconds"));
        var time = Time(query["sinceTime"].ToString());
        Check(request.Info.Name, tail, limit, seconds, time);
        // metav1.Time: the server tells the kubelet whole seconds.
        var since = seconds is { } ago ? request.Time.GetUtcNow() - TimeSpan.FromSeconds(ago)
            : time is { } from ? DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds()) : (DateTimeOffset?)null;
        return new LogOptions
        {
            Container = query["container"].ToString(),
            Follow = query.Flag("follow"),
            Previous = query.Flag("previous"),
            Timestamps = query.Flag("timestamps"),
            Since = since is { } begin ? ContainerLog.Nanoseconds(begin) : long.MinValue,
            TailLines = tail,
            LimitBytes = limit ?? long.MaxValue,
        };
    }

    private static void Check(string pod, long? tail, long? limit, long? seconds, DateTimeOffset? time)
    {
        List<(string, string)> problems = [];
        if (tail < 0) problems.Add(("tailLines", $"Invalid value: {tail}: must be greater than or equal to 0"));
        if (limit < 1) problems.Add(("limitBytes", $"Invalid value: {limit}: must be greater than 0"));
        if (seconds is not null && time is not null) problems.Add(("[]", "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified"));
        else if (seconds < 1) problems.Add(("sinceSeconds", $"Invalid value: {seconds}: must be greater than 0"));
        if (problems.Count > 0) throw StatusError.InvalidOptions("PodLogOptions", "", pod, problems);
    }

    private static DateTimeOffset? Time(string text)
    {
        if (text is "" or "null") return null;
        // Go's RFC3339 also takes fractions that its layout does not name, and wants the letters T and Z, or an offset.
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw StatusError.BadRequest($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
    }
}
