using System.IO.Compression;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>The bytes of an answer's body, decompressed.</summary>
internal static class AnswerBody
{
    /// <param name="response">The answer.</param>
    /// <param name="compressed">Whether gzip was asked for.</param>
    /// <exception cref="FaultException">It is compressed in a way that was not asked for.</exception>
    public static async Task<Stream> OpenAsync(HttpResponseMessage response, bool compressed)
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
