using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Faults;

internal sealed class PassedLines : ILineTreatment
{
    public ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output) => output.WriteAsync(line);
}

/// <summary>So many lines pass; then something happens, with the line that comes next.</summary>
internal sealed class LinesUntil(int lines, Func<ReadOnlyMemory<byte>, LineOutput, ValueTask> then) : ILineTreatment
{
    private int _left = lines;

    public ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output) => _left-- > 0 ? output.WriteAsync(line) : then(line, output);
}

internal sealed class SlowLines(TimeSpan delay) : ILineTreatment
{
    public async ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output)
    {
        await Task.Delay(delay, output.Request.Time, output.Request.Aborted);
        await output.WriteAsync(line);
    }
}

internal sealed class RepeatedLines(int every) : ILineTreatment
{
    private int _count;

    public async ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output)
    {
        await output.WriteAsync(line);
        if (++_count % every == 0) await output.WriteAsync(line);
    }
}

/// <summary>The first event comes padded: as an annotation of its object, or around the object, which stays as it is.</summary>
internal sealed class PaddedLine(int bytes, bool inObject) : ILineTreatment
{
    private bool _done;

    public ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output)
    {
        if (_done || !EventLine.IsOfObject(line.Span)) return output.WriteAsync(line);
        _done = true;
        return output.WriteAsync(inObject ? PadObject(line) : PadAround(line.Span));
    }

    private byte[] PadObject(ReadOnlyMemory<byte> line)
    {
        var json = JsonNode.Parse(line.Span)!;
        var metadata = json["object"]!["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations) metadata["annotations"] = annotations = [];
        annotations["padding"] = new string('x', bytes);
        return [.. ObjectEncoder.Encode(json), (byte)'\n'];
    }

    private byte[] PadAround(ReadOnlySpan<byte> line) => [.. line[..^2], .. Encoding.ASCII.GetBytes(new string(' ', bytes)), .. line[^2..]];
}

internal static class EventLine
{
    public static bool IsOfObject(ReadOnlySpan<byte> line) => line.StartsWith("{\"type\":\"ADDED\""u8) || line.StartsWith("{\"type\":\"MODIFIED\""u8) || line.StartsWith("{\"type\":\"DELETED\""u8);

    public static byte[] Error(StatusError error) => [.. "{\"type\":\"ERROR\",\"object\":"u8, .. ObjectEncoder.Encode(error.ToJson()), .. "}\n"u8];

    /// <summary>The first uid in a line: that of its object.</summary>
    public static ReadOnlySpan<byte> Uid(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf("\"uid\":\""u8);
        return at < 0 ? [] : line.Slice(at + 7, 36);
    }
}
