using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>Turns an HTTP status other than 2xx into a <see cref="Fault"/>.</summary>
internal static class StatusFaults
{
    /// <summary>What is read of an error's body.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The fault of a status. The body is given from its beginning; the user decides the advice after a 401.</summary>
    public static Fault Of(int status, string? reasonPhrase, string? contentType, string body, TimeSpan? retryAfter, KubeconfigUser? user)
    {
        if (status == 400 && body.Contains("Client sent an HTTP request to an HTTPS server", StringComparison.OrdinalIgnoreCase))
        {
            return new Fault
            {
                Phase = FaultPhase.Tls,
                HttpStatus = status,
                Detail = "the server expects HTTPS and the kubeconfig's address says http",
                Advice = "Write https:// in the cluster's server address.",
            };
        }

        var (message, reason, ofObject, fresh, causes) = ReadStatus(body);
        var html = message is null && DecodeFaults.IsHtml(contentType, body);
        var said = message ?? (html ? $"an HTML page{DecodeFaults.Title(body)}, from a proxy or load balancer?" : FirstLine(body));
        var phase = PhaseOf(status, ofObject, said);
        return new Fault
        {
            Phase = phase,
            HttpStatus = status,
            Reason = reason,
            RetryAfter = retryAfter,
            Continue = status == 410 ? fresh : null,
            Causes = causes ?? [],
            Detail = Detail(status, reasonPhrase, reason, said),
            Advice = AdviceOf(phase, status, reason, user),
        };
    }

    private static FaultPhase PhaseOf(int status, bool ofObject, string said) => status switch
    {
        401 => FaultPhase.Unauthorized,
        403 => FaultPhase.Forbidden,

        // The API server's two ways to say that it has no such path: a Status without an object, and Go's own text.
        404 when !ofObject && (said.StartsWith("404 page not found", StringComparison.Ordinal)
            || said.Contains("could not find the requested resource", StringComparison.Ordinal)) => FaultPhase.KindNotFound,
        404 => FaultPhase.NotFound,
        407 => FaultPhase.Connect,
        408 => FaultPhase.Timeout,
        409 => FaultPhase.Conflict,
        429 => FaultPhase.Throttled,
        >= 500 => FaultPhase.Server,
        _ => FaultPhase.Invalid,
    };

    private static string Detail(int status, string? reasonPhrase, string? reason, string said)
    {
        // 'pods is forbidden: User "jane" cannot list resource "pods" ...': the operation says the first half already.
        const string forbidden = " is forbidden: ";
        var at = status == 403 ? said.IndexOf(forbidden, StringComparison.Ordinal) : -1;
        var text = MessageText.OneLine(at < 0 ? said : said[(at + forbidden.Length)..]);
        var name = reason is null
            ? $"HTTP {status}{(string.IsNullOrWhiteSpace(reasonPhrase) ? "" : $" {MessageText.OneLine(reasonPhrase, 60)}")}"
            : MessageText.OneLine(reason, 60);
        return text.Length == 0 || text.Equals(reason, StringComparison.OrdinalIgnoreCase) || text.Equals(reasonPhrase, StringComparison.OrdinalIgnoreCase)
            ? name
            : $"{name} ({text})";
    }

    private static string? AdviceOf(FaultPhase phase, int status, string? reason, KubeconfigUser? user) => phase switch
    {
        FaultPhase.Unauthorized => LoginAdvice.Of(user),
        FaultPhase.Forbidden => "Ask for a role that allows it (to read: view), or name a namespace you may read with -Namespace.",
        FaultPhase.KindNotFound => "This cluster does not serve that kind or version; Get-KubeApiResource lists what it serves.",
        FaultPhase.NotFound => "Check the name and the namespace.",
        FaultPhase.Conflict when reason == "AlreadyExists" => "It is there already: change it, or use another name.",
        FaultPhase.Conflict => "It was changed meanwhile: read it again and repeat the change.",
        FaultPhase.Throttled => "Try again later, or lower the cluster's rate with Set-KubeCluster -Qps.",
        FaultPhase.Connect => "The proxy wants credentials: put them into proxy-url or HTTPS_PROXY.",
        FaultPhase.Server => "Try again; if it stays, look at the API server's log and at Get-KubeClusterDiagnostic.",
        FaultPhase.Invalid when status == 410 => "What was asked for is too old; list again.",
        FaultPhase.Invalid => "Correct the request; the server's message says what it does not accept.",
        _ => null,
    };

    private static (string? Message, string? Reason, bool OfObject, string? Continue, IReadOnlyList<FaultCause>? Causes) ReadStatus(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return default;
            var message = Text(root, "message");
            var details = LenientJson.MemberOf(root, "details") ?? default;
            var ofObject = Text(details, "name") is { Length: > 0 };
            var fresh = Text(LenientJson.MemberOf(root, "metadata") ?? default, "continue");
            return Text(root, "kind") == "Status"
                ? (message ?? Text(root, "reason") ?? "", Text(root, "reason") is { Length: > 0 } reason ? reason : null, ofObject, string.IsNullOrEmpty(fresh) ? null : fresh, CausesOf(details))
                : (message ?? OAuthError(root), null, false, null, null);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    // RFC 6749, 5.2: identity providers, and what stands before a server in their name.
    private static string? OAuthError(JsonElement root) =>
        Text(root, "error") is { } error && Text(root, "error_description") is { Length: > 0 } description ? $"{error}: {description}" : Text(root, "error");

    private static FaultCause[] CausesOf(JsonElement details) =>
        LenientJson.MemberOf(details, "causes") is { ValueKind: JsonValueKind.Array } causes
            ? [.. causes.EnumerateArray().Where(static cause => cause.ValueKind == JsonValueKind.Object).Select(static cause => new FaultCause(Text(cause, "reason") ?? "", Text(cause, "message") ?? "", Text(cause, "field") ?? ""))]
            : [];

    private static string? Text(JsonElement element, string name) => LenientJson.TextOf(element, name);

    private static string FirstLine(string body)
    {
        var text = body.AsSpan().Trim();
        var end = text.IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).ToString();
    }
}
