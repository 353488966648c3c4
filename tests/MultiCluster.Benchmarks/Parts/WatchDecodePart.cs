using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Resources;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A watch's lines to objects.</summary>
internal sealed class WatchDecodePart : Part
{
    private const int Pods = 5000;
    private const int Lines = 20_000;
    private const int Rounds = 15;
    private const int WarmUps = 5;
    private const double Mark = 3;

    public override string Name => "watchdecode";

    public override string Title => "Decoding a watch";

    public override string Method =>
        $"{Lines:#,0} events of pods in memory, as a server sends them. The engine cuts them into events and makes `KubeObject`s; the references read them with "
        + "`StreamReader.ReadLineAsync` and deserialise each line. All three in turns, in one process, after a warm-up.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        var some = await SamplePods.WatchAsync(Pods);
        var bytes = Enumerable.Repeat(some, Lines / Pods).SelectMany(static lines => lines).ToArray();
        Way engine = new(EngineAsync), document = new(DocumentAsync), node = new(NodeAsync);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            foreach (var way in new[] { engine, document, node })
                await way.RunAsync(bytes, counts: round >= 0);
        }

        return
        [
            Table.Of(
                $"A line has {Units.Count((double)bytes.Length / Lines)} bytes on average. What the references allocate includes the line as a string; what the engine allocates is the object's "
                + "bytes, which it keeps, and the object.",
                Against("JsonDocument.Parse", engine, document, bytes.Length),
                Against("JsonSerializer.Deserialize<JsonNode>", engine, node, bytes.Length),
                new Figure(
                    "allocated per line", $"{Units.Count(engine.Allocated.Median / Lines)} bytes",
                    $"JsonDocument {Units.Count(document.Allocated.Median / Lines)} bytes, JsonNode {Units.Count(node.Allocated.Median / Lines)} bytes",
                    Units.Ratio(engine.Allocated.Median / document.Allocated.Median))),
        ];
    }

    private static Figure Against(string what, Way engine, Way reference, int bytes)
    {
        var ratio = reference.Times.Median / engine.Times.Median;
        return new Figure(
            $"lines to objects, against `{what}`", Throughput(engine), Throughput(reference), Units.Ratio(ratio), $"≥ {Mark:0} ×", ratio >= Mark);

        string Throughput(Way way) => $"{Units.Throughput(bytes / way.Times.Median)}, {Units.Count(Lines / way.Times.Median)} lines/s";
    }

    private static async Task<int> EngineAsync(Stream stream)
    {
        using var reader = new WatchReader(stream, asTable: false, WatchQuery.DefaultMaxEventBytes);
        var answer = new ListAnswer(SamplePods.Cluster, SamplePods.Kind, metadataOnly: false, TimeProvider.System);
        var lines = new List<WatchLine>();
        var objects = 0;
        while (await reader.ReadAsync(lines, CancellationToken.None))
        {
            foreach (var line in lines)
                objects += answer.Of(line.Json, line.Index, reader.Columns).Size > 0 ? 1 : 0;
            lines.Clear();
        }

        return objects;
    }

    private static Task<int> DocumentAsync(Stream stream) => LinesAsync(stream, static line =>
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    });

    private static Task<int> NodeAsync(Stream stream) => LinesAsync(stream, static line => JsonSerializer.Deserialize<JsonNode>(line) is JsonObject);

    private static async Task<int> LinesAsync(Stream stream, Func<string, bool> isObject)
    {
        using var reader = new StreamReader(stream);
        var objects = 0;
        while (await reader.ReadLineAsync() is { } line)
            objects += isObject(line) ? 1 : 0;
        return objects;
    }

    /// <summary>One way to read the lines, with what it took.</summary>
    private sealed class Way(Func<Stream, Task<int>> read)
    {
        /// <summary>Seconds.</summary>
        public Samples Times { get; } = new();

        /// <summary>Bytes.</summary>
        public Samples Allocated { get; } = new();

        public async Task RunAsync(byte[] lines, bool counts)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            var objects = await read(new MemoryStream(lines, writable: false));
            var seconds = watch.Elapsed.TotalSeconds;
            if (objects != Lines)
                throw new InvalidOperationException($"{objects} objects came of {Lines} lines.");
            if (!counts)
                return;
            Times.Add(seconds);
            Allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - allocated);
        }
    }
}
