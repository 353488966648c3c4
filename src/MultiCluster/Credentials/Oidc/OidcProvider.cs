using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials.Oidc;

/// <summary>Asks an identity provider for fresh tokens: its discovery document names the address, and the refresh token is sent there, over TLS only.</summary>
internal sealed class OidcProvider(OidcClient client, string user, TimeProvider time, Func<string, string?> environment)
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly RequestTimeouts Timeouts = new() { Silence = TimeSpan.FromSeconds(10) };

    private string Name => ServerAddress.Of(client.Issuer)?.Uri.Authority ?? "";

    /// <summary>The tokens that the provider gives for <paramref name="refreshToken"/>. A provider may give another refresh token, after which the old one is worth nothing.</summary>
    /// <exception cref="FaultException">It cannot be asked, or does not give any.</exception>
    public async Task<OidcTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(client.Issuer) || string.IsNullOrEmpty(client.ClientId))
            throw OidcFaults.Field(user, $"has no {(string.IsNullOrEmpty(client.Issuer) ? "idp-issuer-url" : "client-id")}, without which its login cannot be renewed");
        var issuer = Secure(client.Issuer) ?? throw OidcFaults.Field(user, "has an idp-issuer-url that is no https address");
        var discovery = await AskAsync(issuer, new ApiRequest(HttpMethod.Get, "/.well-known/openid-configuration") { Accept = "*/*" }, null, [], cancellationToken).ConfigureAwait(false);
        var (endpoint, inBody) = Discovered(discovery);
        return Granted(await ExchangeAsync(endpoint, refreshToken, inBody, cancellationToken).ConfigureAwait(false), refreshToken);
    }

    private static ApiRequest Request(Uri endpoint, string form) => new(HttpMethod.Post, endpoint.PathAndQuery)
    {
        Kind = RequestKind.Write,
        Accept = "*/*",
        Body = Encoding.ASCII.GetBytes(form),
        ContentType = "application/x-www-form-urlencoded",
    };

    private static Uri Root(Uri endpoint) => new(endpoint.GetLeftPart(UriPartial.Authority));

    private static Uri? Secure(string? address) => ServerAddress.Of(address) is { IsPlaintext: false } found ? found.Uri : null;

    private static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>A client without a secret names itself in the form; one with a secret in the header, unless the provider wants the form.</summary>
    private (string Form, AuthenticationHeaderValue? Basic) Form(string refreshToken, bool inBody)
    {
        var form = $"grant_type=refresh_token&refresh_token={Encode(refreshToken)}";
        if (string.IsNullOrEmpty(client.ClientSecret))
            return ($"{form}&client_id={Encode(client.ClientId!)}", null);
        return inBody
            ? ($"{form}&client_id={Encode(client.ClientId!)}&client_secret={Encode(client.ClientSecret)}", null)
            : (form, new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Encode(client.ClientId!)}:{Encode(client.ClientSecret)}"))));
    }

    private async Task<byte[]> ExchangeAsync(Uri endpoint, string refreshToken, bool inBody, CancellationToken cancellationToken)
    {
        var (form, basic) = Form(refreshToken, inBody);
        try
        {
            return await AskAsync(Root(endpoint), Request(endpoint, form), basic, [refreshToken, client.ClientSecret ?? ""], cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException exception) when (exception.Fault is { HttpStatus: 400 or 401 or 403 } fault)
        {
            // As Go's oauth2: a provider that does not know the header may know the form.
            if (basic is not null && fault.HttpStatus != 403 && !fault.Detail.Contains("invalid_grant", StringComparison.Ordinal))
                return await ExchangeAsync(endpoint, refreshToken, inBody: true, cancellationToken).ConfigureAwait(false);
            throw OidcFaults.Refused(user, Name, fault.Detail);
        }
    }

    private (Uri Endpoint, bool InBody) Discovered(byte[] document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            var endpoint = Secure(LenientJson.TextOf(json.RootElement, "token_endpoint")) ?? throw OidcFaults.Strange(Name, "names no token_endpoint with an https address in its discovery document");
            string?[] methods = LenientJson.MemberOf(json.RootElement, "token_endpoint_auth_methods_supported") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(LenientJson.TextOf)] : [];
            return (endpoint, methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"));
        }
        catch (JsonException)
        {
            throw OidcFaults.Strange(Name, "answers with something else than a discovery document");
        }
    }

    private OidcTokens Granted(byte[] answer, string refreshToken)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var idToken = LenientJson.TextOf(json.RootElement, "id_token");
            if (string.IsNullOrEmpty(idToken))
                throw OidcFaults.Strange(Name, "gives no id_token when a login is renewed: the scope openid was not asked for at the login, or it never does");
            if (BearerToken.ToHeader(idToken) is null || IdToken.ExpiryOf(idToken) is not { } expiry)
                throw OidcFaults.Strange(Name, "gives an id_token that is no JSON web token");
            if (time.GetUtcNow() >= expiry)
                throw OidcFaults.Expired(user, $"is expired as soon as the identity provider {Name} renews it: check this machine's clock");
            return new OidcTokens(idToken, LenientJson.TextOf(json.RootElement, "refresh_token") is { Length: > 0 } rotated ? rotated : refreshToken);
        }
        catch (JsonException)
        {
            throw OidcFaults.Strange(Name, "answers with something else than tokens");
        }
    }

    private async Task<byte[]> AskAsync(Uri server, ApiRequest request, AuthenticationHeaderValue? authorization, string[] secrets, CancellationToken cancellationToken)
    {
        var identity = new ClusterIdentity("", "", "", "");
        var cluster = new KubeconfigCluster
        {
            Name = Name,
            Server = server.AbsoluteUri,
            CertificateAuthorityData = string.IsNullOrEmpty(client.AuthorityData) ? null : client.AuthorityData,
            CertificateAuthorityFile = string.IsNullOrEmpty(client.AuthorityFile) ? null : client.AuthorityFile,
        };
        using var credential = new StaticCredential(certificate: null, authorization);
        var api = new ApiClient(new ApiClientOptions
        {
            Context = new KubeconfigContext { Identity = identity, Cluster = cluster },
            Identity = identity,
            Credential = credential,
            TimeProvider = time,
            Environment = environment,
        });
        await using var _ = api.ConfigureAwait(false);
        try
        {
            return (await api.ReadAsync(request, Timeouts, MaxBytes, cancellationToken).ConfigureAwait(false)).Body;
        }
        catch (FaultException exception)
        {
            // What a provider says of a request may repeat it.
            var said = exception.Fault.HttpStatus is null ? exception.Fault.Detail : SecretMask.Summarize(exception.Fault.Detail, isCut: false, secrets);
            throw exception.Fault with { Detail = said } switch
            {
                { Phase: FaultPhase.Kubeconfig or FaultPhase.Credential } => OidcFaults.Field(user, $"cannot be used: {said}"),
                { Phase: FaultPhase.Decode } => OidcFaults.Strange(Name, said),
                { HttpStatus: 400 or 401 or 403 } fault when request.Method == HttpMethod.Post => new FaultException(fault),
                { HttpStatus: >= 400 and < 500 and not 408 and not 429 } => OidcFaults.Strange(Name, $"answers with {said}"),
                var fault => OidcFaults.Unreachable(Name, fault),
            };
        }
    }
}
