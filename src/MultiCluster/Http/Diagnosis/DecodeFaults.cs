using System.Net;
using System.Text.RegularExpressions;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Says how an answer differs from what the API promises.</summary>
internal static partial class DecodeFaults
{
    private const string SomethingBetween = "Check the address in the kubeconfig, and whether a proxy or a login page answers in the cluster's place.";

    /// <summary>The answer ended before its announced length.</summary>
    public static Fault EndedEarly(Exception cause) =>
        Fault("the answer ended early", "Try again; if it stays, look for a proxy or load balancer that cuts answers.") with { Cause = cause };

    /// <summary>The answer's bytes make no sense.</summary>
    public static Fault Malformed(string detail, Exception cause) => Fault(detail, SomethingBetween) with { Cause = cause };

    /// <summary>What answers does not speak HTTP.</summary>
    public static Fault NotHttp(ServerEndpoint endpoint, Exception cause) =>
        Fault($"what answers at {endpoint.Authority} does not speak HTTP/1.1", SomethingBetween) with { Cause = cause };

    /// <summary>The answer is longer than a small answer may be.</summary>
    public static Fault TooLong(int bytes) => Fault($"the answer is longer than {bytes} bytes", SomethingBetween) with { Reason = Faults.Fault.TooLarge };

    /// <summary>The answer is encoded in a way that was not asked for: who decodes it has no idea how much comes out.</summary>
    public static Fault NotAskedFor(int status, IEnumerable<string> encodings) =>
        Fault($"answered compressed ({MessageText.OneLine(string.Join(", ", encodings), 60)}), which was not asked for", SomethingBetween) with { HttpStatus = status };

    /// <summary>A 2xx answer of another content type than was asked for.</summary>
    public static Fault WrongType(int status, string? contentType, string body) => Fault(
        IsHtml(contentType, body)
            ? $"answered with an HTML page{Title(body)} (a proxy or a login page?)"
            : $"answered with {(string.IsNullOrEmpty(contentType) ? "no content type" : MessageText.OneLine(contentType, 100))} in place of JSON",
        SomethingBetween) with
    {
        HttpStatus = status,
    };

    /// <summary>A redirect, which is never followed: the credential would go elsewhere.</summary>
    public static Fault Redirect(int status, Uri? location) => Fault(
        $"answered with a redirect{(location is { IsAbsoluteUri: true } ? $" to {location.Scheme}://{location.Authority}" : "")} (a proxy or a login page?)",
        SomethingBetween) with
    {
        HttpStatus = status,
    };

    /// <summary>True when the answer is a page for browsers.</summary>
    public static bool IsHtml(string? contentType, string body) =>
        contentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
        || body.AsSpan().TrimStart().StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || body.AsSpan().TrimStart().StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page's title in quotes with a space before it, or nothing.</summary>
    public static string Title(string body)
    {
        var match = TitleElement().Match(body);
        var title = match.Success ? MessageText.OneLine(WebUtility.HtmlDecode(match.Groups[1].Value), 80).Replace('"', '\'') : "";
        return title.Length == 0 ? "" : $" \"{title}\"";
    }

    private static Fault Fault(string detail, string advice) => new() { Phase = FaultPhase.Decode, Detail = detail, Advice = advice };

    [GeneratedRegex("<title[^>]{0,200}>([^<]{1,400})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TitleElement();
}
