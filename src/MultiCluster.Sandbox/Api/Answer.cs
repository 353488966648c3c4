using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Api;

/// <summary>Writes answers; those over 128 KB compressed, when the client takes gzip, as a server does.</summary>
internal static class Answer
{
    private const int GzipFrom = 128 * 1024;
    private const int BlockSize = 64 * 1024;
    private const string Json = "application/json";

    public static Task JsonAsync(HttpContext context, JsonNode json, int status = 200, string contentType = Json) =>
        BytesAsync(context, [ObjectEncoder.Encode(json)], status, contentType);

    public static Task TextAsync(HttpContext context, string text, int status = 200) =>
        BytesAsync(context, [System.Text.Encoding.UTF8.GetBytes(text)], status, "text/plain; charset=utf-8");

    /// <summary>One object, in the version that was asked for.</summary>
    public static Task ObjectAsync(SimulatedRequest request, StoredObject item, int status = 200) =>
        BytesAsync(request.Context, [item.Kind.Head(request.Info.Version), item.Body.AsMemory(1)], status);

    /// <summary>Writes the pieces one after the other.</summary>
    public static async Task BytesAsync(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> pieces, int status = 200, string contentType = Json)
    {
        var response = context.Response;
        Announce(context, status, contentType);
        if (HttpMethods.IsHead(context.Request.Method)) return;

        long length = 0;
        foreach (var piece in pieces) length += piece.Length;
        if (length > GzipFrom && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Vary = "Accept-Encoding";
            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            foreach (var piece in pieces) await gzip.WriteAsync(piece, context.RequestAborted);
            return;
        }

        // Go's server sets a length for what fits its first buffer, and sends the rest in chunks.
        if (length <= 2048) response.ContentLength = length;
        await WriteInBlocksAsync(response.BodyWriter, pieces, context.RequestAborted);
    }

    /// <summary>API Priority and Fairness, which every server since 1.20 has, and says so.</summary>
    private const string FlowSchema = "0f7c3a52-7d3c-4a53-9a53-6f0c8d6d9a11";

    /// <summary>Sets an answer's status and headers.</summary>
    public static void Announce(HttpContext context, int status = 200, string contentType = Json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-cache, private";
        context.Response.Headers["Audit-Id"] = Guid.NewGuid().ToString();
        context.Response.Headers["X-Kubernetes-PF-FlowSchema-UID"] = FlowSchema;
        context.Response.Headers["X-Kubernetes-PF-PriorityLevel-UID"] = FlowSchema;
    }

    private static async Task WriteInBlocksAsync(PipeWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var filled = 0;
            foreach (var piece in pieces)
            {
                if (filled > 0 && filled + piece.Length > block.Length)
                {
                    await writer.WriteAsync(block.AsMemory(0, filled), cancellationToken);
                    filled = 0;
                }
                if (piece.Length > block.Length)
                {
                    await writer.WriteAsync(piece, cancellationToken);
                    continue;
                }
                piece.CopyTo(block.AsMemory(filled));
                filled += piece.Length;
            }
            await writer.WriteAsync(block.AsMemory(0, filled), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
