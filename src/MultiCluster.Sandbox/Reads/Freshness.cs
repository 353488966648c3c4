using System.Globalization;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Reads;

/// <summary>Lists that may not be older than a version.</summary>
internal static class Freshness
{
    // As long as a server's watch cache waits for a version (cacher's blockTimeout).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The version in a query: null when it names none, 0 for any.</summary>
    /// <exception cref="StatusError">It is no version.</exception>
    public static long? VersionOf(IQueryCollection query)
    {
        var text = query["resourceVersion"].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : throw StatusError.BadVersion(text);
    }

    /// <summary>Waits for the version that a list asks for.</summary>
    /// <exception cref="StatusError">504: it was not reached in 3 s.</exception>
    public static async Task WaitAsync(SimulatedRequest request, ResourceKind kind)
    {
        var store = request.Store;
        if (VersionOf(request.Context.Request.Query) is not { } version || version <= store.ResourceVersion) return;
        using var patience = new CancellationTokenSource(Patience, request.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, request.Aborted);
        using var writes = store.Watch(kind, null).Writes!;
        try
        {
            while (version > store.ResourceVersion) await writes.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw StatusError.TooLarge(version, store.ResourceVersion);
        }
    }
}
