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
}

/// <summary>Reads the <c>Warning</c> headers that API servers send: <c>299 - "text"</c>.</summary>
internal static class WarningText
{
    private const int MaxWarnings = 16;

    public static IReadOnlyList<string> Of(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Warning", out var values))
            return [];
        var texts = new List<string>();
        foreach (var value in values.Take(MaxWarnings))
        {
            var start = value.IndexOf('"', StringComparison.Ordinal);
            var end = value.LastIndexOf('"');
            if (start >= 0 && end > start)
                texts.Add(MessageText.OneLine(value[(start + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));
        }

        return texts;
    }
}
