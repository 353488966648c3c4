using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Reads;

namespace MultiCluster.Sandbox.Watches;

/// <summary>What a watch asks for.</summary>
internal sealed record WatchOptions
{
    private const long LongestSeconds = 1_000_000; // What a timer can wait.

    /// <summary>The version that the client has seen; null when it wants to begin with the present state.</summary>
    public long? After { get; private init; }

    /// <summary>True to send what there is as ADDED events first.</summary>
    public bool SendsState { get; private init; }

    /// <summary>Where a streaming list's state ends: the version from which on the bookmark that says so may be sent. Null for an ordinary watch.</summary>
    public long? StateEnd { get; private init; }

    public bool Bookmarks { get; private init; }

    public TimeSpan Timeout { get; private init; }

    public required Selection Selection { get; init; }

    /// <summary>Reads the query in a server's order of checks.</summary>
    /// <exception cref="StatusError">An option that is not understood or not allowed.</exception>
    public static WatchOptions Of(SimulatedRequest request, ResourceKind kind, SeededRandom random)
    {
        var query = request.Context.Request.Query;
        var settings = request.Store.Watches;
        var seconds = query.Number("timeoutSeconds") ?? 0;
        ListValidation.CheckWatch(query, settings.StreamingList);
        var selection = Selection.Of(request, kind);
        var version = Freshness.VersionOf(query);
        var fromNow = version is null or 0;
        var initial = settings.StreamingList == StreamingList.Served ? query.OptionalFlag("sendInitialEvents") : null;
        return new WatchOptions
        {
            After = fromNow || initial == true ? null : version,
            SendsState = initial ?? fromNow,
            StateEnd = initial == true && query.Flag("allowWatchBookmarks") ? version ?? 0 : null,
            Bookmarks = query.Flag("allowWatchBookmarks"),
            Timeout = seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)) : settings.LeastTimeout * (1 + random.NextDouble()),
            Selection = selection,
        };
    }
}
