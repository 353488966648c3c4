namespace MultiCluster.Sandbox.Api;

/// <summary>One entry of an Accept header, with its parameters.</summary>
internal sealed class MediaRange
{
    private readonly Dictionary<string, string> _parameters;

    private MediaRange(string type, Dictionary<string, string> parameters)
    {
        Type = type;
        _parameters = parameters;
    }

    public string Type { get; }

    public string? this[string parameter] => _parameters.GetValueOrDefault(parameter);

    public bool IsJson => Type is "application/json" or "application/*" or "*/*";

    public bool IsPlainJson => IsJson && this["as"] is null;

    /// <summary>The entries in the client's order; a missing header takes anything.</summary>
    public static IReadOnlyList<MediaRange> Parse(string accept)
    {
        if (string.IsNullOrWhiteSpace(accept)) accept = "*/*";
        var ranges = new List<MediaRange>();
        foreach (var entry in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(';', StringSplitOptions.TrimEntries);
            var parameters = parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
                .DistinctBy(p => p[0]).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
            ranges.Add(new MediaRange(parts[0].ToLowerInvariant(), parameters));
        }
        return ranges;
    }
}
