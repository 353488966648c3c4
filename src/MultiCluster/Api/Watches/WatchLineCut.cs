using MultiCluster.Api.Lists;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Watches;

/// <summary>
/// Reads one line of a watch: <c>{"type": "ADDED", "object": {...}}</c>. The object is indexed where it lies, which also finds its end, and
/// copied once.
/// </summary>
internal static class WatchLineCut
{
    /// <summary>The event.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="asTable">True when tables were asked for, and the object may be one.</param>
    /// <param name="columns">The table's columns; servers send them with the first event only.</param>
    /// <exception cref="FormatException">The line is no event.</exception>
    /// <exception cref="EndOfStreamException">The line ends early.</exception>
    public static WatchLine Read(ReadOnlySpan<byte> line, bool asTable, ref IReadOnlyList<PrinterColumn> columns)
    {
        var at = JsonWalk.SkipSpace(line, 0);
        if (at == line.Length || line[at] != (byte)'{')
            throw new FormatException("it does not start with a brace");
        at++;
        var type = WatchLineType.Other;
        var found = default(WatchLine);
        while (JsonWalk.NextMember(line, ref at, out var name))
        {
            if (line[name].SequenceEqual("type"u8))
            {
                var end = JsonWalk.After(line, at);
                type = TypeOf(line[at..end]);
                at = end;
            }
            else if (line[name].SequenceEqual("object"u8) && line[at] == (byte)'{')
            {
                found = asTable && IsTable(line[at..]) ? OfTable(line, ref at, ref columns) : OfObject(line, ref at);
            }
            else
            {
                at = JsonWalk.After(line, at);
            }
        }

        if (found.Json is null && Copy(line[JsonWalk.SkipSpace(line, 0)..]) is var answer && StatusAnswer.IsFailure(answer))
            return new(WatchLineType.Error, answer, default); // no event: a refusal whose HTTP status was 200
        return found.Json is null ? throw new FormatException("it has no object") : found with { Type = type };
    }

    private static WatchLine OfObject(ReadOnlySpan<byte> line, ref int at)
    {
        var index = ItemIndex.OfObject(line[at..], out var length);
        var json = Copy(line.Slice(at, length));
        at += length;
        return new(WatchLineType.Other, json, index);
    }

    private static WatchLine OfTable(ReadOnlySpan<byte> line, ref int at, ref IReadOnlyList<PrinterColumn> columns)
    {
        byte[]? row = null;
        var table = at++;
        while (JsonWalk.NextMember(line, ref at, out var name))
        {
            var end = JsonWalk.After(line, at);
            if (line[name].SequenceEqual("rows"u8))
                row = FirstRow(line[at..end]);
            else if (line[name].SequenceEqual("columnDefinitions"u8) && TableColumns.Read(new JsonSlice(line[at..end].ToArray(), 0)) is { Count: > 0 } sent)
                columns = sent;
            at = end;
        }

        return row is null
            ? OfObject(line, ref table) // a bookmark: its version stands in the table's own metadata
            : new(WatchLineType.Other, row, ItemIndex.OfTableRow(row));
    }

    private static byte[]? FirstRow(ReadOnlySpan<byte> rows)
    {
        var at = 1;
        return rows[0] == (byte)'[' && JsonWalk.NextElement(rows, ref at) ? Copy(rows[at..JsonWalk.After(rows, at)]) : null;
    }

    // A Status, of an ERROR event, is no table even where tables were asked for.
    private static bool IsTable(ReadOnlySpan<byte> json)
    {
        for (var at = 1; JsonWalk.NextMember(json, ref at, out var name);)
        {
            var end = JsonWalk.After(json, at);
            if (json[name].SequenceEqual("kind"u8))
                return json[at..end].SequenceEqual("\"Table\""u8);
            at = end;
        }

        return false;
    }

    private static byte[] Copy(ReadOnlySpan<byte> json)
    {
        var copy = GC.AllocateUninitializedArray<byte>(json.Length);
        json.CopyTo(copy);
        return copy;
    }

    private static WatchLineType TypeOf(ReadOnlySpan<byte> value) => value switch
    {
        _ when value.SequenceEqual("\"MODIFIED\""u8) => WatchLineType.Modified,
        _ when value.SequenceEqual("\"ADDED\""u8) => WatchLineType.Added,
        _ when value.SequenceEqual("\"DELETED\""u8) => WatchLineType.Deleted,
        _ when value.SequenceEqual("\"BOOKMARK\""u8) => WatchLineType.Bookmark,
        _ when value.SequenceEqual("\"ERROR\""u8) => WatchLineType.Error,
        _ => WatchLineType.Other,
    };
}
