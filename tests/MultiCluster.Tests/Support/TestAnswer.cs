using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Support;

/// <summary>All that a call brought.</summary>
internal sealed record TestAnswer(IReadOnlyList<FanOutItem> Items, FanOutReport Report)
{
    public IReadOnlyList<KubeObject> Objects => [.. Items.OfType<FanOutObjects<KubeObject>>().SelectMany(item => item.Objects)];

    public IReadOnlyList<Fault> Faults => [.. Items.OfType<FanOutFault>().Select(item => item.Fault)];

    public static async Task<TestAnswer> OfAsync(FanOutRun run)
    {
        List<FanOutItem> items = [];
        await foreach (var item in run.Items.ReadAllAsync(TestContext.Current.CancellationToken))
            items.Add(item);
        return new TestAnswer(items, run.Report(1));
    }

    /// <summary>The names of what came from a cluster, in its order.</summary>
    public IReadOnlyList<string> Names(string cluster) => [.. Objects.Where(item => item.ClusterName == cluster).Select(item => item.Name)];

    /// <summary>The one fault of a cluster.</summary>
    public Fault Fault(string cluster) => Assert.Single(Faults, fault => fault.Cluster?.ClusterName == cluster);
}
