using System.Diagnostics;
using k8s;
using k8s.Models;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Objects;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>KubernetesClient's models of a list, beside the engine's objects.</summary>
internal sealed class ModelsPart : Part
{
    private const int Pods = 5000;
    private const int Rounds = 15;

    public override string Name => "models";

    public override string Title => "Models";

    public override string Method =>
        $"A list of {Pods:#,0} pods in memory, as a server sends it, and five fields of each: name, namespace, node, phase and the first container's image. "
        + "KubernetesClient reads it to its models, the engine to its objects, in turns.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        var body = await SamplePods.ListAsync(Pods);
        Cost models = new(), objects = new();
        for (var round = -5; round < Rounds; round++)
        {
            await models.TakeAsync(() => Task.FromResult(Models(body)), counts: round >= 0);
            await objects.TakeAsync(() => ObjectsAsync(body), counts: round >= 0);
        }

        return
        [
            Table.Of(
                $"{Units.Mebibytes(body.Length)} of JSON, {Rounds} rounds.",
                Of("time", models.Wall, objects.Wall, Units.Milliseconds),
                Of("processor time, garbage collection with it", models.Processor, objects.Processor, Units.Milliseconds),
                Of("allocated", models.Bytes, objects.Bytes, Units.Mebibytes)),
        ];
    }

    private static Figure Of(string what, Samples theirs, Samples ours, Func<double, string> unit) =>
        new($"models: {what}", unit(Math.Round(theirs.Median, 1)), $"the engine's objects: {unit(Math.Round(ours.Median, 1))}", Units.Ratio(theirs.Median / ours.Median));

    private static int Models(byte[] body)
    {
        var length = 0;
        foreach (var pod in KubernetesJson.Deserialize<V1PodList>(new MemoryStream(body, writable: false)).Items)
            length += Length(pod.Metadata.Name, pod.Metadata.NamespaceProperty, pod.Spec.NodeName, pod.Status.Phase, pod.Spec.Containers[0].Image);
        return length;
    }

    private static async Task<int> ObjectsAsync(byte[] body)
    {
        var answer = new ListAnswer(SamplePods.Cluster, SamplePods.Kind, false, TimeProvider.System);
        using var reader = new ListReader(new MemoryStream(body, writable: false));
        var items = new List<byte[]>();
        var length = 0;
        while (await reader.ReadAsync(items, CancellationToken.None))
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

    private sealed class Cost
    {
        public Samples Wall { get; } = new();

        public Samples Processor { get; } = new();

        public Samples Bytes { get; } = new();

        public async Task TakeAsync(Func<Task<int>> read, bool counts)
        {
            GC.Collect();
            var (allocated, processor, watch) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var length = await read();
            if (length == 0)
                throw new InvalidOperationException("Nothing was read.");
            if (!counts)
                return;
            Wall.Add(watch.Elapsed.TotalMilliseconds);
            Processor.Add((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
            Bytes.Add(GC.GetTotalAllocatedBytes(precise: true) - allocated);
        }
    }
}
