using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace MultiCluster.Sandbox.Containers;

/// <summary>A small HTTP/1.1 server: answers every request with the pod's name and the path, and a request that has a body with that body.</summary>
internal sealed class EchoServer(string hostName)
{
    private const int LongestHead = 64 * 1024;

    public async Task ServeAsync(Stream connection, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(connection, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 64 * 1024));
        while (await HeadAsync(reader, cancellationToken) is { } head)
        {
            var lines = head.Split("\r\n");
            var request = lines[0].Split(' ');
            if (request.Length < 3)
            {
                await WriteAsync(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancellationToken);
                return;
            }
            var last = Header(lines, "Connection").Equals("close", StringComparison.OrdinalIgnoreCase) || request[2] == "HTTP/1.0";
            if (Header(lines, "Expect").Length > 0) await WriteAsync(connection, "HTTP/1.1 100 Continue\r\n\r\n", cancellationToken);
            if (long.TryParse(Header(lines, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0)
            {
                await WriteAsync(connection, Answer(length, "application/octet-stream", last), cancellationToken);
                await EchoAsync(reader, connection, length, cancellationToken);
            }
            else if (Header(lines, "Transfer-Encoding").Length > 0)
            {
                await WriteAsync(connection, "HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancellationToken);
                return;
            }
            else
            {
                var text = $"{hostName} {request[1]}\n";
                await WriteAsync(connection, Answer(Encoding.UTF8.GetByteCount(text), "text/plain; charset=utf-8", last) + (request[0] == "HEAD" ? "" : text), cancellationToken);
            }
            if (last) return;
        }
    }

    private static string Answer(long length, string contentType, bool last) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\n{(last ? "Connection: close\r\n" : "")}\r\n";

    private static async Task EchoAsync(PipeReader reader, Stream to, long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.IsEmpty && read.IsCompleted) return;
            var piece = read.Buffer.Slice(0, Math.Min(length, read.Buffer.Length));
            foreach (var memory in piece) await to.WriteAsync(memory, cancellationToken);
            length -= piece.Length;
            reader.AdvanceTo(piece.End);
        }
    }

    /// <summary>A request up to its empty line; null at the end.</summary>
    private static async Task<string?> HeadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var text = Encoding.Latin1.GetString(read.Buffer);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                reader.AdvanceTo(read.Buffer.GetPosition(end + 4));
                return text[..end];
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || text.Length > LongestHead) return null;
        }
    }

    private static string Header(string[] lines, string name) =>
        lines.Skip(1).FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

    private static ValueTask WriteAsync(Stream to, string text, CancellationToken cancellationToken) => to.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
