using System.Buffers;
using System.Text.Json;

namespace MultiCluster.Api.Writes;

/// <summary>The bodies of deletions and evictions.</summary>
internal static class DeleteBody
{
    /// <summary>A <c>DeleteOptions</c>.</summary>
    public static ReadOnlyMemory<byte> Of(DeleteQuery query) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind", "DeleteOptions");
        json.WriteString("apiVersion", "v1");
        WriteOptions(json, query);
        json.WriteEndObject();
    });

    /// <summary>An <c>Eviction</c> of <c>policy/VERSION</c>.</summary>
    public static ReadOnlyMemory<byte> OfEviction(string version, string ns, string name, DeleteQuery query) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", $"policy/{version}");
        json.WriteString("kind", "Eviction");
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", ns);
        json.WriteEndObject();
        json.WriteStartObject("deleteOptions");
        WriteOptions(json, query);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteOptions(Utf8JsonWriter json, DeleteQuery query)
    {
        if (query.Uid is { } uid)
        {
            json.WriteStartObject("preconditions");
            json.WriteString("uid", uid);
            json.WriteEndObject();
        }

        if (query.Propagation != DeletePropagation.Default)
            json.WriteString("propagationPolicy", query.Propagation.ToString());
        if (query.GracePeriodSeconds is { } grace)
            json.WriteNumber("gracePeriodSeconds", grace);
        if (!query.DryRun)
            return;
        json.WriteStartArray("dryRun");
        json.WriteStringValue("All");
        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.WrittenMemory;
    }
}
