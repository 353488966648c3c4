using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Tables;

namespace MultiCluster.Sandbox.Reads;

/// <summary>Lists: a chunk of a consistent snapshot, selected, in the shape the client wants.</summary>
internal static class ListRequests
{
    private static readonly byte[] Comma = ","u8.ToArray();

    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind)
    {
        var shape = Representation.Of(request.Context.Request, list: true);
        ListValidation.CheckList(request.Context.Request.Query, request.Store.Watches.StreamingList);
        await Freshness.WaitAsync(request, kind);
        await AnswerAsync(request, kind, Select(request, kind), shape);
    }

    /// <summary>Answers with a chunk.</summary>
    public static Task AnswerAsync(SimulatedRequest request, ResourceKind kind, ListPage page, Shape shape) => shape switch
    {
        Shape.Table => Answer.JsonAsync(request.Context, TableWriter.Write(request, kind, page.Items, page.Metadata())),
        Shape.Metadata => Answer.BytesAsync(request.Context, MetadataList(page)),
        _ => Answer.BytesAsync(request.Context, FullList(kind, request.Info.Version, page)),
    };

    private static ListPage Select(SimulatedRequest request, ResourceKind kind)
    {
        var query = request.Context.Request.Query;
        var selection = Selection.Of(request, kind);
        var limit = (int)Math.Clamp(query.Number("limit") ?? 0, 0, int.MaxValue);
        var token = query["continue"].ToString();
        var askedVersion = query["resourceVersion"].ToString();
        if (token.Length > 0 && askedVersion is not ("" or "0"))
            throw StatusError.BadRequest("specifying resource version is not allowed when using continue");
        // A server answers resourceVersion=0 from its watch cache, which knows no chunks.
        if (token.Length == 0 && askedVersion == "0") limit = 0;

        var store = request.Store;
        var (version, items) = store.Snapshot(kind);
        var start = 0;
        if (token.Length > 0)
        {
            var after = ContinueToken.Parse(token);
            if (after.ResourceVersion >= 0 && after.ResourceVersion != version)
            {
                items = store.Kept(kind, after.ResourceVersion) ?? throw StatusError.Expired(new ContinueToken(-1, after.After).Encode());
                version = after.ResourceVersion;
            }
            start = FirstAfter(items, after.After);
        }
        var end = items.Length;
        if (selection.Namespace.Length > 0)
        {
            start = Math.Max(start, FirstAfter(items, selection.Namespace + "/"));
            end = FirstAfter(items, selection.Namespace + "0"); // '0' follows '/'.
        }

        var wanted = new List<StoredObject>();
        var at = start;
        for (; at < end && (limit == 0 || wanted.Count < limit); at++)
        {
            var item = items[at];
            if (selection.Matches(item)) wanted.Add(item.As(kind));
        }
        if (at >= end) return new ListPage(version, wanted, null, null);
        store.Keep(kind, version, items);
        return new ListPage(version, wanted, new ContinueToken(version, items[at - 1].Key).Encode(), selection.HasSelectors ? null : end - at);
    }

    private static List<ReadOnlyMemory<byte>> FullList(ResourceKind kind, string version, ListPage page)
    {
        var apiVersion = ResourceKind.ApiVersionOf(kind.Group, version);
        var metadata = page.Metadata();
        if (kind.IsCustom && page.Continue is null) metadata.Insert(0, "continue", "");
        var head = kind.IsCustom
            ? $$"""{"apiVersion":"{{apiVersion}}","items":["""
            : $$"""{"kind":"{{kind.Kind}}List","apiVersion":"{{apiVersion}}","metadata":{{metadata.ToJsonString()}},"items":[""";
        var tail = kind.IsCustom ? $$"""],"kind":"{{kind.Kind}}List","metadata":{{metadata.ToJsonString()}}}""" : "]}";

        var pieces = new List<ReadOnlyMemory<byte>>((page.Items.Count * 3) + 2) { Encoding.UTF8.GetBytes(head) };
        var itemHead = kind.Head(version);
        foreach (var item in page.Items)
        {
            if (pieces.Count > 1) pieces.Add(Comma);
            if (kind.IsCustom)
            {
                pieces.Add(itemHead);
                pieces.Add(item.Body.AsMemory(1));
            }
            else
            {
                pieces.Add(item.Body);
            }
        }
        pieces.Add(Encoding.UTF8.GetBytes(tail));
        return pieces;
    }

    private static List<ReadOnlyMemory<byte>> MetadataList(ListPage page)
    {
        var item = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray();
        var head = $$"""{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{{page.Metadata().ToJsonString()}},"items":[""";
        var pieces = new List<ReadOnlyMemory<byte>> { Encoding.UTF8.GetBytes(head) };
        foreach (var stored in page.Items)
        {
            if (pieces.Count > 1) pieces.Add(Comma);
            pieces.Add(item);
            pieces.Add(MetadataSlice.Of(stored.Body));
            pieces.Add("}"u8.ToArray());
        }
        pieces.Add("]}"u8.ToArray());
        return pieces;
    }

    private static int FirstAfter(StoredObject[] items, string key)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(items[middle].Key, key) <= 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>One chunk of a list; the version is 0 where there is none.</summary>
internal sealed record ListPage(long ResourceVersion, IReadOnlyList<StoredObject> Items, string? Continue, int? Remaining)
{
    public JsonObject Metadata()
    {
        var metadata = new JsonObject();
        if (ResourceVersion > 0) metadata["resourceVersion"] = ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (Continue is not null) metadata["continue"] = Continue;
        if (Remaining is not null) metadata["remainingItemCount"] = Remaining;
        return metadata;
    }
}
