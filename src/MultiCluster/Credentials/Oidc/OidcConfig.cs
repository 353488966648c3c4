using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials.Oidc;

/// <summary>The tokens of a login at one moment. Not a record: it must not print itself.</summary>
internal sealed class OidcTokens(string? idToken, string? refreshToken)
{
    public string? IdToken { get; } = idToken;

    public string? RefreshToken { get; } = refreshToken;

    public static OidcTokens Of(AuthProviderConfig provider) =>
        new(provider.Config.GetValueOrDefault("id-token"), provider.Config.GetValueOrDefault("refresh-token"));

    /// <summary>True when they are the same.</summary>
    public bool AreThoseOf(OidcTokens other) => IdToken == other.IdToken && RefreshToken == other.RefreshToken;
}

/// <summary>Where a login is renewed, and as which client: what is the same for all users of one identity provider. Holds a secret.</summary>
internal sealed record OidcClient(string? Issuer, string? ClientId, string? ClientSecret, string? AuthorityData, string? AuthorityFile)
{
    public static OidcClient Of(AuthProviderConfig provider) => new(
        provider.Config.GetValueOrDefault("idp-issuer-url"),
        provider.Config.GetValueOrDefault("client-id"),
        provider.Config.GetValueOrDefault("client-secret"),
        provider.Config.GetValueOrDefault("idp-certificate-authority-data"),
        provider.Config.GetValueOrDefault("idp-certificate-authority"));

    /// <inheritdoc/>
    public override string ToString() => Issuer ?? "";
}

/// <summary>The entry of a kubeconfig that a login comes from, and that is to have its tokens.</summary>
/// <param name="Path">Full path of the kubeconfig; empty for none.</param>
/// <param name="User">The user's name.</param>
internal sealed record OidcPlace(string Path, string User);
