using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Credentials;

/// <summary>Reads the ExecCredential that a plugin printed.</summary>
internal static class ExecCredentialReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The credential in <paramref name="output"/>.</summary>
    /// <exception cref="FormatException">It is none; the message says what the plugin did, without its words.</exception>
    /// <exception cref="ExecCredentialExpiredException">It is one that has expired.</exception>
    public static ExecCredentialResult Read(ReadOnlyMemory<byte> output, string apiVersion, DateTimeOffset now)
    {
        if (output.Span.StartsWith(ByteOrderMark))
            output = output[ByteOrderMark.Length..];
        else if (SourceText.HasWideBom(output.Span, out var wide))
            output = Encoding.UTF8.GetBytes(wide.GetString(output.Span[2..]));
        try
        {
            using var json = JsonDocument.Parse(output);
            return Read(json.RootElement, apiVersion, now);
        }
        catch (JsonException)
        {
            // The parser's words quote what it read.
            throw new FormatException(output.Span.Trim(" \t\r\n"u8).IsEmpty ? "printed nothing" : "printed something that is not JSON");
        }
    }

    private static ExecCredentialResult Read(JsonElement root, string apiVersion, DateTimeOffset now)
    {
        if (Text(root, "kind") != "ExecCredential")
            throw new FormatException("printed JSON that is not an ExecCredential");
        if (Text(root, "apiVersion") is var printed && printed != apiVersion)
        {
            var version = printed is not null && printed.StartsWith("client.authentication.k8s.io/", StringComparison.Ordinal) && printed.Length < 64
                ? MessageText.OneLine(printed)
                : "another version";
            throw new FormatException($"is configured for {apiVersion} but printed {version}");
        }

        if (LenientJson.MemberOf(root, "status") is not { ValueKind: JsonValueKind.Object } status)
            throw new FormatException("printed an ExecCredential without status");

        var expires = Expiry(status);
        if (expires <= now)
            throw new ExecCredentialExpiredException(expires.Value);
        var authorization = Authorization(status);
        var certificate = Certificate(status);
        return authorization is null && certificate is null
            ? throw new FormatException("printed neither a token nor a client certificate")
            : new ExecCredentialResult(authorization, certificate, expires);
    }

    private static DateTimeOffset? Expiry(JsonElement status)
    {
        if (Text(status, "expirationTimestamp") is not { } text)
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
            throw new FormatException("printed an expirationTimestamp that is no time");
        // Go's zero time, which client-go takes for none.
        return expires == DateTimeOffset.MinValue ? null : expires;
    }

    private static AuthenticationHeaderValue? Authorization(JsonElement status)
    {
        if (Text(status, "token") is not { } token)
            return null;
        return BearerToken.ToHeader(token) ?? throw new FormatException("printed a token that no header can carry");
    }

    private static ClientCertificate? Certificate(JsonElement status)
    {
        var certificate = Text(status, "clientCertificateData");
        var key = Text(status, "clientKeyData");
        if (certificate is null && key is null)
            return null;
        if (certificate is null || key is null)
            throw new FormatException("printed a client certificate or key without the other");
        try
        {
            return ClientCertificate.Parse(new PemText(certificate, "clientCertificateData"), new PemText(key, "clientKeyData"));
        }
        catch (FaultException exception)
        {
            throw new FormatException($"printed a client certificate that cannot be used ({exception.Fault.Detail})");
        }
    }

    /// <summary>A text that is there and not empty.</summary>
    private static string? Text(JsonElement parent, string name) =>
        LenientJson.TextOf(parent, name) is { Length: > 0 } text ? text : null;
}

/// <summary>A plugin printed a credential that is no longer good.</summary>
internal sealed class ExecCredentialExpiredException(DateTimeOffset expired) : Exception
{
    /// <summary>When it expired.</summary>
    public DateTimeOffset Expired { get; } = expired;
}
