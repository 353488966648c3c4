using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Tables;

namespace MultiCluster.Sandbox.Watches;

/// <summary>Writes events as lines, in the shape that the client wants.</summary>
internal abstract class WatchEncoder
{
    public const string Added = "ADDED";
    public const string Modified = "MODIFIED";
    public const string Deleted = "DELETED";
    public const string Bookmark = "BOOKMARK";
    private const string Error = "ERROR";

    private static readonly byte[] End = "}\n"u8.ToArray();

    public static WatchEncoder Of(Shape shape, SimulatedRequest request, ResourceKind kind) => shape switch
    {
        Shape.Table => new TableEncoder(request, kind),
        Shape.Metadata => new MetadataEncoder(),
        _ => new FullEncoder(kind, request.Info.Version),
    };

    public static void WriteError(LineWriter lines, StatusError error)
    {
        lines.Write(Start(Error));
        lines.Write(ObjectEncoder.Encode(error.ToJson()));
        lines.Write(End);
    }

    public abstract void Write(LineWriter lines, string type, StoredObject item);

    /// <summary>Writes a bookmark.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="version">The version up to which the client has been told everything.</param>
    /// <param name="endsState">True when it marks the end of a streaming list's state.</param>
    public void WriteBookmark(LineWriter lines, long version, bool endsState)
    {
        var annotations = endsState ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        WriteBookmark(lines, version, $"{{\"resourceVersion\":\"{version}\",\"creationTimestamp\":null{annotations}}}");
    }

    private protected abstract void WriteBookmark(LineWriter lines, long version, string metadata);

    private protected static byte[] Start(string type, string rest = "") => Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":{rest}");

    private sealed class FullEncoder(ResourceKind kind, string version) : WatchEncoder
    {
        private readonly string _head = Encoding.UTF8.GetString(kind.Head(version));
        private readonly Dictionary<string, byte[]> _starts = [];

        public override void Write(LineWriter lines, string type, StoredObject item)
        {
            if (!_starts.TryGetValue(type, out var start)) _starts[type] = start = Start(type, _head);
            lines.Write(start);
            lines.Write(item.Body.AsSpan(1));
            lines.Write(End);
        }

        private protected override void WriteBookmark(LineWriter lines, long version1, string metadata)
        {
            var ofKind = kind.IsCustom ? $"\"kind\":\"{kind.Kind}\"," : "";
            lines.Write(Start(Bookmark, $"{_head}{ofKind}\"metadata\":{metadata}}}"));
            lines.Write(End);
        }
    }

    private sealed class MetadataEncoder : WatchEncoder
    {
        private const string Head = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":";

        public override void Write(LineWriter lines, string type, StoredObject item) => Write(lines, type, MetadataSlice.Of(item.Body).Span);

        private protected override void WriteBookmark(LineWriter lines, long version, string metadata) => Write(lines, Bookmark, Encoding.UTF8.GetBytes(metadata));

        private static void Write(LineWriter lines, string type, ReadOnlySpan<byte> metadata)
        {
            lines.Write(Start(type, Head));
            lines.Write(metadata);
            lines.Write("}}\n"u8);
        }
    }

    // The columns' definitions come with the first event alone.
    private sealed class TableEncoder(SimulatedRequest request, ResourceKind kind) : WatchEncoder
    {
        private bool _defined;

        public override void Write(LineWriter lines, string type, StoredObject item)
        {
            var metadata = new JsonObject { ["resourceVersion"] = item.ResourceVersion.ToString(CultureInfo.InvariantCulture) };
            lines.Write(Start(type));
            lines.Write(ObjectEncoder.Encode(TableWriter.Write(request, kind, [item], metadata, definitions: !_defined)));
            lines.Write(End);
            _defined = true;
        }

        // A server prints the bookmark's empty object as a row.
        private protected override void WriteBookmark(LineWriter lines, long version, string metadata) =>
            Write(lines, Bookmark, new StoredObject(kind, "", "", "", version, Encoding.UTF8.GetBytes($"{{\"metadata\":{metadata}}}")));
    }
}
