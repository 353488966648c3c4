using System.Text;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Http;

/// <summary>
/// A Status object in the place of what was asked for. The HTTP status is 200 where it is an event of a watch, and where something between here and
/// the server has made it so: it means what the code in it would have meant.
/// </summary>
internal static class StatusAnswer
{
    /// <summary>Whether an answer is a Status that does not speak of success.</summary>
    public static bool IsFailure(byte[] answer) => Is(answer, static status => !status["status"u8].Is("Success"u8));

    /// <summary>Whether an answer is a Status. What is no JSON at all is none.</summary>
    public static bool Is(byte[] answer) => Is(answer, static _ => true);

    /// <summary>The fault that a Status is.</summary>
    public static Fault FaultOf(JsonSlice status)
    {
        if (status["status"u8].Is("Success"u8))
            return new Fault { Phase = FaultPhase.Decode, Detail = "the answer is a Status that says Success, and not what was asked for", Advice = "Check that the address in the kubeconfig is a Kubernetes API server." };
        var code = status["code"u8].AsInt32();
        var retry = status["details"u8]["retryAfterSeconds"u8].AsInt32();
        return StatusFaults.Of(
            code >= 400 ? code : CodeOf(status["reason"u8].AsString()), null, "application/json", Encoding.UTF8.GetString(status.Raw), retry > 0 ? TimeSpan.FromSeconds(retry) : null, null);
    }

    private static bool Is(byte[] answer, Predicate<JsonSlice> which)
    {
        try
        {
            var at = JsonWalk.SkipSpace(answer, 0);
            return at < answer.Length && answer[at] == (byte)'{' && new JsonSlice(answer, at) is var status && status["kind"u8].Is("Status"u8) && which(status);
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException)
        {
            return false;
        }
    }

    // metav1.StatusReason, with the code that servers give for each.
    private static int CodeOf(string? reason) => reason switch
    {
        "BadRequest" => 400,
        "Unauthorized" => 401,
        "Forbidden" => 403,
        "NotFound" => 404,
        "MethodNotAllowed" => 405,
        "NotAcceptable" => 406,
        "AlreadyExists" or "Conflict" => 409,
        "Gone" or "Expired" => 410,
        "UnsupportedMediaType" => 415,
        "Invalid" => 422,
        "TooManyRequests" => 429,
        "ServiceUnavailable" => 503,
        "Timeout" => 504,
        _ => 500,
    };
}
