using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Api.Lists;

/// <summary>Measures the whole heap, so nothing else may run meanwhile.</summary>
[Collection(nameof(FanOut.LeakTests))]
public sealed class ObjectMemoryTests
{
    private const int Objects = 10_000;
    private const int MostPerObject = 600;

    [Fact]
    public async Task An_object_keeps_little_beyond_its_json()
    {
        var kind = new ResourceKind { Group = "", Version = "v1", Kind = "Pod", Plural = "pods", Singular = "pod", Namespaced = true };
        var answer = new ListAnswer(ClusterIdentity.Of("/kube/config", "test"), kind, metadataOnly: false, TimeProvider.System);
        var list = Encoding.UTF8.GetBytes($$"""{"kind":"PodList","items":[{{string.Join(',', Enumerable.Range(0, Objects).Select(Pod))}}]}""");
        using var reader = new ListReader(new MemoryStream(list));
        var kept = new List<KubeObject>(Objects);
        var items = new List<byte[]>(Objects);

        var before = Held();
        while (await reader.ReadAsync(items, TestContext.Current.CancellationToken))
        {
            kept.AddRange(answer.Objects(reader, items, null, out _));
            items.Clear();
        }

        var beyond = (Held() - before - reader.ItemBytes) / Objects;
        Assert.Equal(Objects, kept.Count);
        Assert.InRange(beyond, 0, MostPerObject);
        GC.KeepAlive(list);
    }

    /// <summary>Without what earlier tests have left to their finalizers.</summary>
    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Pod(int i) => $$$"""
        {"metadata":{"name":"pod-{{{i}}}","namespace":"web","uid":"{{{i}}}","labels":{"app":"x"}},"spec":{"containers":[{"name":"c","image":"{{{new string('x', 500)}}}"}]},"status":{"phase":"Running"}}
        """;
}
