using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using MultiCluster.Api.Lists;
using MultiCluster.Objects;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>A whole list, in each way that one might read it.</summary>
public class DecodeBenchmarks
{
    internal const int Pods = 5000;

    private byte[] _list = [];

    [GlobalSetup]
    public void Prepare() => _list = SamplePods.ListAsync(Pods).GetAwaiter().GetResult();

    [Benchmark(Description = "items cut as bytes")]
    public Task<int> Cut() => ReadAsync(static (_, items) => items.Count);

    [Benchmark(Description = "items cut, and KubeObjects made")]
    public Task<int> Objects()
    {
        var answer = new ListAnswer(SamplePods.Cluster, SamplePods.Kind, false, TimeProvider.System);
        return ReadAsync((reader, items) => answer.Objects(reader, items, null, out _).Count);
    }

    [Benchmark(Description = "Utf8JsonReader, one pass", Baseline = true)]
    public int Utf8JsonReaderPass()
    {
        var reader = new Utf8JsonReader(_list);
        var tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    [Benchmark(Description = "JsonDocument")]
    public int Document()
    {
        using var document = JsonDocument.Parse(_list);
        return document.RootElement.GetProperty("items").GetArrayLength();
    }

    [Benchmark(Description = "JsonNode, spec.nodeName of each")]
    public int Node()
    {
        var length = 0;
        foreach (var item in (JsonArray)JsonNode.Parse(_list)!["items"]!)
            length += ((string?)item!["spec"]!["nodeName"])?.Length ?? 0; // a pending pod has no node
        return length;
    }

    private async Task<int> ReadAsync(Func<ListReader, List<byte[]>, int> take)
    {
        using var reader = new ListReader(new MemoryStream(_list, writable: false));
        var items = new List<byte[]>();
        var count = 0;
        while (await reader.ReadAsync(items, CancellationToken.None))
        {
            count += take(reader, items);
            items.Clear();
        }

        return count;
    }
}

/// <summary>One object, one nested field.</summary>
public class AccessBenchmarks
{
    private byte[] _json = [];
    private KubeObject? _object;

    [GlobalSetup]
    public void Prepare()
    {
        using var list = JsonDocument.Parse(SamplePods.ListAsync(10).GetAwaiter().GetResult());
        _json = JsonSerializer.SerializeToUtf8Bytes(list.RootElement.GetProperty("items")[0]);
        var source = new ObjectSource { Cluster = SamplePods.Cluster, Kind = SamplePods.Kind, Time = TimeProvider.System };
        _object = new KubeObject(new ObjectContent(source, _json, ItemIndex.OfObject(_json)));
    }

    [Benchmark(Description = "KubeMap")]
    public object? Map() => ((Objects.Json.KubeMap)_object!.Spec!)["nodename"];

    [Benchmark(Description = "ItemIndex")]
    public object Index() => ItemIndex.OfObject(_json).Spec;

    [Benchmark(Description = "JsonDocument", Baseline = true)]
    public string? Document()
    {
        using var document = JsonDocument.Parse(_json);
        return document.RootElement.GetProperty("spec").GetProperty("nodeName").GetString();
    }

    [Benchmark(Description = "JsonNode")]
    public string? Node() => (string?)JsonNode.Parse(_json)!["spec"]!["nodeName"];
}
