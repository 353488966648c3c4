using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Draining;
using MultiCluster.Nodes.Jobs;
using MultiCluster.Nodes.Planning;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>A drain as Invoke-KubeDrain makes it, on every cluster of a session: what it brings is read as it comes.</summary>
internal sealed class EngineDrain : IAsyncDisposable
{
    private readonly DrainStore _store = new();
    private readonly FleetDrain _drain;
    private readonly FanOutRun _run;

    /// <summary>Begins to drain.</summary>
    public EngineDrain(EngineSession session, IReadOnlyList<KubeDrainPlan> plans, DrainOptions options)
    {
        _drain = new FleetDrain(plans, options, _store);
        _run = FanOutRun.Start(session.Connections, new FanOutOptions(), (cluster, sink, stop) => _drain.DrainAsync(cluster, CallContext.Default, sink, stop));
        Ended = ReadAsync();
    }

    /// <summary>Ends when all nodes are done, or the call has been stopped.</summary>
    public Task Ended { get; }

    /// <summary>The results so far.</summary>
    public IReadOnlyCollection<KubeDrainResult> Results => _drain.Results;

    /// <summary>Plans the nodes of all clusters whose names fit; returns how long that took too.</summary>
    /// <exception cref="InvalidOperationException">A cluster failed.</exception>
    public static async Task<(IReadOnlyList<KubeDrainPlan> Plans, TimeSpan Took)> PlanAsync(EngineSession session, DrainOptions options, string nodes)
    {
        var planner = new DrainPlanner(options);
        var query = new NodeQuery { Names = [nodes] };
        var plans = new List<KubeDrainPlan>();
        var watch = Stopwatch.StartNew();
        await using var run = FanOutRun.Start(session.Connections, new FanOutOptions(), (cluster, sink, stop) => planner.PlanAsync(cluster, query, CallContext.Default, sink, stop));
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutFault failed)
                throw new InvalidOperationException(failed.Fault.Message);
            if (item is FanOutObjects<KubeDrainPlan> some)
                plans.AddRange(some.Objects);
        }

        return (plans, watch.Elapsed);
    }

    /// <summary>Stops the call, as Ctrl+C does.</summary>
    public void Stop() => _run.Stop();

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        await Ended;
        _drain.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var item in _run.Items.ReadAllAsync())
        {
            if (item is FanOutFault failed)
                throw new InvalidOperationException(failed.Fault.Message);
        }
    }
}
