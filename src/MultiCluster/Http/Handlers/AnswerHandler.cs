using System.IO.Compression;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>Opens the answer's body, and makes a fault of every answer that is not the one that was asked for.</summary>
internal sealed class AnswerHandler(KubeconfigContext context, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = ApiAttempt.Of(request);
        var asked = attempt.Exchange.Request;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var silence = attempt.Exchange.Timeouts.Silence;
        attempt.Timer.BeginBody(silence, endless: false);
        var body = new ApiBodyStream(await OpenAsync(response, asked.Compress && !context.Cluster!.DisableCompression).ConfigureAwait(false), attempt);
        if ((asked.Upgrades && (int)response.StatusCode == 101) || ((response.IsSuccessStatusCode || (asked.TakesMissing && (int)response.StatusCode == 404)) && AnswerCheck.IsWanted(asked, response)))
        {
            if (asked.Kind is RequestKind.Stream or RequestKind.Download)
                attempt.Timer.BeginBody(asked.Kind == RequestKind.Stream ? Timeout.InfiniteTimeSpan : silence, endless: true);
            attempt.HandOut(body, zipped: response.Content.Headers.ContentEncoding.Contains("gzip"));
            return response;
        }

        // It is read here, and keeps its place: what it means must be known before the next call takes it.
        var beginning = await AnswerCheck.ReadBeginningAsync(body, attempt.Timer.Caller).ConfigureAwait(false);
        var fault = AnswerCheck.FaultOf(response, beginning, time.GetUtcNow(), context.User);
        throw new FaultException(asked.KeepsAnswer ? fault with { Answer = beginning } : fault);
    }

    private static async Task<Stream> OpenAsync(HttpResponseMessage response, bool compressed)
    {
        try
        {
            return await AnswerBody.OpenAsync(response, compressed).ConfigureAwait(false);
        }
        catch (FaultException) when (!response.IsSuccessStatusCode)
        {
            return Stream.Null; // its status says enough
        }
    }
}

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
