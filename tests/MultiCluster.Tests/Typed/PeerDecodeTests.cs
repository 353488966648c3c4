using System.Text;
using k8s;
using k8s.Models;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Typed;

/// <summary>What KubernetesClient's models of a list cost, beside the engine's objects; see <see cref="PeerTests"/>. The times are in docs/benchmarks.md.</summary>
public sealed class PeerDecodeTests
{
    [Fact]
    public async Task Its_models_of_a_list_take_more_than_twice_the_memory_of_ours()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 500 }, TestContext.Current.CancellationToken);
        var body = Encoding.UTF8.GetBytes(
            $$"""{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{{string.Join(',', fleet["sim-1"].Store.List("pods").Select(static pod => pod.ToJson().ToJsonString()))}}]}""");

        var (theirs, models) = Allocated(() => Models(body));
        var (ours, objects) = Allocated(() => Objects(body));

        Assert.Equal(models, objects);
        Assert.InRange(ours, 1, theirs / 2);
    }

    private static int Models(byte[] body)
    {
        var length = 0;
        foreach (var pod in KubernetesJson.Deserialize<V1PodList>(new MemoryStream(body, writable: false)).Items)
            length += Length(pod.Metadata.Name, pod.Metadata.NamespaceProperty, pod.Spec.NodeName, pod.Status.Phase, pod.Spec.Containers[0].Image);
        return length;
    }

    private static int Objects(byte[] body)
    {
        var kind = new ResourceKind { Group = "", Version = "v1", Kind = "Pod", Plural = "pods", Singular = "pod", Namespaced = true };
        var answer = new ListAnswer(ClusterIdentity.Of("/a", "a"), kind, metadataOnly: false, TimeProvider.System);
        using var reader = new ListReader(new MemoryStream(body, writable: false));
        var items = new List<byte[]>();
        var length = 0;
        while (reader.ReadAsync(items, CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            foreach (var pod in answer.Objects(reader, items, null, out _).Cast<KubePod>())
                length += Length(pod.Name, pod.Namespace, pod.Node, pod.Phase, pod.Images[0]);
            items.Clear();
        }

        return length;
    }

    private static int Length(params ReadOnlySpan<string?> fields)
    {
        var length = 0;
        foreach (var field in fields)
            length += field?.Length ?? 0;
        return length;
    }

    // The first time, code and caches are made.
    private static (long Bytes, int Result) Allocated(Func<int> action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = action();
        return (GC.GetAllocatedBytesForCurrentThread() - before, result);
    }
}
