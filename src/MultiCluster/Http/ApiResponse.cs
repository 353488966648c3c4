using System.IO.Compression;
using System.Net.Http.Headers;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>A 2xx answer whose headers are there. Dispose it, or its body, to give its connection back.</summary>
internal sealed class ApiResponse : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal ApiResponse(HttpResponseMessage response, Stream body, DateTimeOffset now)
    {
        _response = response;
        Status = (int)response.StatusCode;
        ContentType = response.Content.Headers.ContentType?.ToString();
        Body = body;
        RetryAfter = Http.RetryAfter.Of(response.Headers.RetryAfter, now);
        Warnings = WarningText.Of(response);
        AuditId = response.Headers.NonValidated.TryGetValues("Audit-Id", out var id) ? id.ToString() : null;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The content type with its parameters.</summary>
    public string? ContentType { get; }

    /// <summary>The headers, the content's among them.</summary>
    internal IReadOnlyList<KeyValuePair<string, HeaderStringValues>> Headers => [.. _response.Headers.NonValidated, .. _response.Content.Headers.NonValidated];

    /// <summary>The body; read asynchronously. Its errors are faults.</summary>
    public Stream Body { get; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Texts of the server's warnings (deprecated kinds and the like).</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The request's id in the server's audit log.</summary>
    public string? AuditId { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Body.DisposeAsync();

    /// <param name="response">The answer.</param>
    /// <param name="compressed">Whether gzip was asked for.</param>
    /// <exception cref="FaultException">It is compressed in a way that was not asked for.</exception>
    internal static async Task<Stream> OpenBodyAsync(HttpResponseMessage response, bool compressed)
    {
        string[] encodings = [.. response.Content.Headers.ContentEncoding.Where(static encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))];
        var gzip = compressed && encodings is [var only] && only.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (encodings.Length > 0 && !gzip)
            throw new FaultException(DecodeFaults.NotAskedFor((int)response.StatusCode, encodings));

        // The answer's headers are there: this hands the network's stream over and does not wait.
        var stream = await response.Content.ReadAsStreamAsync(CancellationToken.None).ConfigureAwait(false);
        return gzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
