using System.Buffers;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Lists;

/// <summary>How objects of a kind are asked for and made: typed kinds as JSON, others as a Table, which brings the server's printer columns along.</summary>
internal sealed class ListAnswer(ClusterIdentity cluster, ResourceKind kind, bool metadataOnly, TimeProvider time)
{
    /// <summary>An object beyond etcd's own limit (1.5 MiB) by far.</summary>
    private const int LargestObject = 64 * 1024 * 1024;

    private const string Json = "application/json";
    private const string Table = "application/json;as=Table;g=meta.k8s.io;v=v1";

    private readonly Func<ObjectContent, KubeObject> _make = metadataOnly ? static content => new KubeObject(content) : KubeObjectFactory.For(kind);
    private ObjectSource? _source;

    public static string AcceptList(ResourceKind kind, bool metadataOnly) =>
        metadataOnly ? $"{Json};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,{Json}" : AsTable(kind, metadataOnly) ? $"{Table},{Json}" : Json;

    public static string AcceptOne(ResourceKind kind, bool metadataOnly) =>
        metadataOnly ? $"{Json};as=PartialObjectMetadata;g=meta.k8s.io;v=v1,{Json}" : AsTable(kind, metadataOnly) ? $"{Table},{Json}" : Json;

    public static bool AsTable(ResourceKind kind, bool metadataOnly) => !metadataOnly && !KubeObjectFactory.IsTyped(kind);

    /// <summary>The objects of one piece of a list, at most <paramref name="most"/>.</summary>
    /// <param name="reader">The list.</param>
    /// <param name="items">The items.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="failure">What is wrong with the item after the last object, or null.</param>
    public IReadOnlyList<KubeObject> Objects(ListReader reader, List<byte[]> items, int? most, out FaultException? failure)
    {
        failure = null;
        var source = Source(reader.Columns);
        var objects = new KubeObject[Math.Min(items.Count, most ?? int.MaxValue)];
        var made = 0;
        try
        {
            for (; made < objects.Length; made++)
            {
                var index = reader.IsTable ? ItemIndex.OfTableRow(items[made]) : ItemIndex.OfObject(items[made]);
                objects[made] = _make(new ObjectContent(source, items[made], index));
            }
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            failure = NoObject(e);
            return objects[..made];
        }

        return objects;
    }

    /// <summary>The object of an event of a watch.</summary>
    public KubeObject Of(byte[] json, ItemIndex index, IReadOnlyList<PrinterColumn> columns) => _make(new ObjectContent(Source(columns), json, index));

    /// <summary>The object that an answer to a GET holds.</summary>
    public async Task<KubeObject> OneAsync(Stream body, CancellationToken cancellationToken)
    {
        var json = await ReadAllAsync(body, cancellationToken).ConfigureAwait(false);
        if (AsTable(kind, metadataOnly))
        {
            using var reader = new ListReader(new MemoryStream(json, writable: false));
            var rows = new List<byte[]>();
            if (await reader.ReadAsync(rows, cancellationToken).ConfigureAwait(false) && reader.IsTable)
                return Objects(reader, rows, 1, out var failure) is [var row] ? row : throw failure!;
        }

        return Whole(json);
    }

    /// <summary>The object that an answer holds which is no table: to a write, or to a GET that asked for JSON.</summary>
    public async Task<KubeObject> WholeAsync(Stream body, CancellationToken cancellationToken) => Whole(await ReadAllAsync(body, cancellationToken).ConfigureAwait(false));

    private KubeObject Whole(byte[] json)
    {
        try
        {
            if (StatusAnswer.Is(json))
                throw new FaultException(StatusAnswer.FaultOf(new JsonSlice(json, 0)));
            return _make(new ObjectContent(Source([]), json, ItemIndex.OfObject(json)));
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            throw NoObject(e);
        }
    }

    private ObjectSource Source(IReadOnlyList<PrinterColumn> columns) =>
        _source is not null && ReferenceEquals(_source.Columns, columns)
            ? _source
            : _source = new ObjectSource { Cluster = cluster, Kind = kind, Time = time, Columns = columns, MetadataOnly = metadataOnly };

    private FaultException NoObject(Exception cause) => new(
        FaultPhase.Decode,
        $"an item of the answer is no {kind.Kind} ({cause.Message})",
        "Check that the address in the kubeconfig is a Kubernetes API server.",
        cause);

    private static async Task<byte[]> ReadAllAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        var length = 0;
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
                if (length > LargestObject)
                    throw new FaultException(FaultPhase.Decode, $"the answer is larger than {LargestObject >> 20} MiB", "No Kubernetes object is that large.");
                if (length < buffer.Length)
                    continue;
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            return buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
