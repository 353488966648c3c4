using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Watches;

/// <summary>Watches of a collection.</summary>
internal static class WatchRequests
{
    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind, SeededRandom random)
    {
        var shape = Representation.OfWatch(request.Context.Request);
        var options = WatchOptions.Of(request, kind, random);
        var lines = new LineWriter(request.Context.Response.BodyWriter);
        var encoder = WatchEncoder.Of(shape, request, kind);
        Answer.Announce(request.Context);
        await request.Context.Response.Body.FlushAsync(request.Aborted); // The client learns at once that it watches, a replaced body or not.

        var (version, items, writes) = request.Store.Watch(kind, options.After);
        if (writes is null)
        {
            // Once a watch is accepted, an error is an event of it (cacher's newErrWatcher).
            WatchEncoder.WriteError(lines, StatusError.TooOld(options.After!.Value, version));
            await lines.FlushAsync(request.Aborted);
            return;
        }

        using (writes)
            await new WatchStream(request, kind, options, writes, encoder, lines).RunAsync(options.SendsState ? items : []);
    }
}
