using MultiCluster.Api.Lists;
using MultiCluster.Caching;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Resources;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Caching;

/// <summary>Live caches of a session's selected clusters.</summary>
internal static class TestCaches
{
    /// <summary>Begins caches, and returns those that answer, with the faults of the others.</summary>
    public static async Task<(IReadOnlyList<KubeCache> Caches, TestAnswer Answer)> CacheAsync(
        this TestSession session, IReadOnlyList<string> kinds, IReadOnlyList<string>? namespaces = null, TimeSpan? silence = null, CancellationTokenSource? stop = null)
    {
        var start = new CacheStart(kinds, namespaces ?? []);
        var call = new CallContext { Timeouts = new RequestTimeouts { Silence = silence ?? TimeSpan.FromSeconds(30) } };
        await using var run = FanOutRun.Start(
            [.. session.Pool.Selected.Select(static cluster => cluster.Connection!)], new FanOutOptions(), (connection, sink, stopped) => start.RunAsync(connection, "default", call, sink, stopped));
        await using var _ = (stop?.Token ?? CancellationToken.None).Register(run.Stop);
        var answer = await TestAnswer.OfAsync(run);
        return ([.. answer.Items.OfType<FanOutObjects<KubeCache>>().SelectMany(static item => item.Objects)], answer);
    }

    /// <summary>The caches of a cluster.</summary>
    public static IReadOnlyList<KindCache> Caches(this TestSession session, string cluster) => ClusterCaches.Of(session.Connection(cluster)).All;

    /// <summary>What the servers hold of a kind, or the caches.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(this TestSession session, string kind, bool cached)
    {
        var answer = await session.ReadAsync(new ResourceQuery { Kinds = [kind], AllNamespaces = true, Cached = cached });
        return [.. answer.Objects.OrderBy(static item => item.ClusterName, StringComparer.Ordinal).Select(static item => $"{item.ClusterName} {item.ToJson()}")];
    }
}
