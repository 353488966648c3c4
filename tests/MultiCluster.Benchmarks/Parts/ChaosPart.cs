using System.Text.Json.Nodes;
using MultiCluster.Api.Watches;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Watches that break all the time.</summary>
internal sealed class ChaosPart : Part
{
    private const int Clusters = 5;
    private const int PerSecond = 20;
    private const int Seconds = 300;
    private const int BreaksAfter = 3000;
    private const int FewestBreaks = Clusters * Seconds / 5; // a break every few seconds, pauses between them included
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public override string Name => "chaos";

    public override string Title => "Watches that break";

    public override string Method =>
        $"{Clusters} simulated clusters that create, update and delete pods {PerSecond} times a second each, for {Seconds} s. Every watch is struck after about {BreaksAfter / 1000} s by a random fault: "
        + "it ends early, in the middle of a line, with a reset or with an error, events come twice, out of order, slowly, after 10 MB of space, or the request is refused, with 410 too. "
        + "The state is rebuilt from the engine's events alone and in the end compared with what the servers list, value by value.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(Clusters, 50);
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        var raw = RawClient.Of(simulator.Kubeconfig);
        var state = new RebuiltState();
        await simulator.BreakWatchesAsync(BreaksAfter);
        await using var stream = EngineStream.OfPods(engine, Window, state.Take);
        await stream.UntilAsync(WatchNoticeType.Connected, Clusters);
        await simulator.ChurnAsync(PerSecond, PerSecond * Seconds);
        var written = await simulator.WrittenAsync();
        await simulator.SetAsync();
        var there = new Dictionary<string, JsonNode>();
        for (var i = 0; i < Clusters; i++)
            await ListAsync(raw[i], engine.Connections[i].Identity.ClusterName, there);
        foreach (var client in raw)
            client.Dispose();
        await Condition.IsMetAsync(() => state.Compare(there) == 0, Patience);
        var differences = state.Compare(there);
        var watches = written.Sum(static one => one.Watches);
        var writes = written.Sum(static one => one.Created + one.Updated + one.Deleted);
        return
        [
            Table.Of(
                $"{Units.Count(writes)} writes, {Units.Count(state.Events)} events. Interruptions are told when a watch does not go on at once. "
                + $"{Count(WatchNoticeType.Interrupted)} interruptions were told, {Count(WatchNoticeType.Resumed)} resumptions without a loss, {Count(WatchNoticeType.Gap)} gaps and {Count(WatchNoticeType.Relisted)} "
                + $"lists that filled them; {stream.Faults.Count} faults.",
                new Figure("watches that were struck", Units.Count(watches), $"{Clusters} clusters, {Seconds} s", "", $"≥ {Units.Count(FewestBreaks)}", watches >= FewestBreaks),
                new Figure("objects that differ from the servers'", Units.Count(differences), $"{Units.Count(there.Count)} objects", "", "0", differences == 0),
                new Figure("events that contradict those before", Units.Count(state.Contradictions), "", "", "0", state.Contradictions == 0)),
        ];

        string Count(WatchNoticeType type) => Units.Count(stream.Count(type));
    }

    private static async Task ListAsync(RawClient client, string cluster, Dictionary<string, JsonNode> there)
    {
        var list = JsonNode.Parse(await client.Http.GetByteArrayAsync(new Uri("api/v1/pods", UriKind.Relative)))!;
        foreach (var item in list["items"]!.AsArray())
            there[$"{cluster}/{item!["metadata"]!["namespace"]}/{item["metadata"]!["name"]}"] = item;
    }
}
