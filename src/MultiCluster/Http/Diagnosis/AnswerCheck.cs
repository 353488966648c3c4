using System.Text;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>Is this the answer that was asked for, and if not, what is it?</summary>
internal static class AnswerCheck
{
    /// <summary>True when a 2xx answer is of the type that was asked for.</summary>
    public static bool IsWanted(ApiRequest request, HttpResponseMessage response)
    {
        if (response.StatusCode == System.Net.HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
            return true;
        var type = TypeOf(response);
        if (type is null)
            return true;
        if (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
            return request.Accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
        return request.Kind == RequestKind.Probe
            || !request.Accept.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Contains("json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The beginning of an error's body; what cannot be read is left out, since the status says enough.</summary>
    public static async Task<string> ReadBeginningAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[StatusFaults.MaxBody];
        var length = 0;
        try
        {
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException)
        {
            return "";
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>The fault of an answer that is not wanted.</summary>
    public static Fault FaultOf(HttpResponseMessage response, string body, DateTimeOffset now, KubeconfigUser? user)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => DecodeFaults.WrongType(status, TypeOf(response), body),
            >= 300 and < 400 => DecodeFaults.Redirect(status, response.Headers.Location),
            _ => StatusFaults.Of(status, response.ReasonPhrase, TypeOf(response), body, RetryAfter.Of(response.Headers.RetryAfter, now), user),
        };
    }

    private static string? TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
}
