using System.Net.Http.Headers;
using System.Text;
using MultiCluster.Credentials.Oidc;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Platform;

namespace MultiCluster.Credentials;

/// <summary>Makes a cluster's credential out of its kubeconfig entry.</summary>
/// <param name="time">Clock of token files.</param>
/// <param name="runner">Runs exec plugins for every cluster of the pool.</param>
/// <param name="logins">Logins by identity providers, for every cluster of the pool.</param>
/// <param name="interactiveAllowed">True when somebody sits at the terminal who could answer an exec plugin's prompt.</param>
internal sealed class CredentialFactory(TimeProvider time, ExecPluginRunner runner, OidcLogins logins, bool interactiveAllowed = false)
{
    private const string Oidc = "oidc";

    /// <summary>
    /// The credential of <paramref name="context"/>. A client certificate goes along with a token or a name and password; a token file
    /// beats a token, which beats name and password, which beat the id-token of the auth-provider oidc; an exec plugin is used when there is nothing else. Name and password in the server's
    /// address beat all but the certificate, as in kubectl. Where the connection is not encrypted, there is no login.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="plaintextAllowed">Whether the login may be sent unencrypted, if the address is this machine's own.</param>
    /// <exception cref="FaultException">The entry, or a file that it names, cannot be used.</exception>
    public ClusterCredential Create(KubeconfigContext context, bool plaintextAllowed = false)
    {
        try
        {
            return CreateCore(context, plaintextAllowed);
        }
        catch (FaultException exception) when (exception.Fault.Cluster is null)
        {
            throw new FaultException(exception.Fault with { Cluster = context.Identity });
        }
    }

    private static bool Has(string? value) => !string.IsNullOrEmpty(value);

    private ClusterCredential CreateCore(KubeconfigContext context, bool plaintextAllowed)
    {
        if (context.Problem is not null)
            throw Field(context.Problem.TrimEnd('.'), "Correct the kubeconfig.");
        if (PlaintextRules.Of(context, plaintextAllowed) == PlaintextLogin.Withheld)
            return new WithheldCredential();
        var inAddress = ServerAddress.Of(context.Cluster)?.Login;
        if (context.User is not { } user)
        {
            return Has(context.UserName)
                ? throw Field($"The kubeconfig has no user \"{context.UserName}\"", "Add the user, or correct the context's user.")
                : new StaticCredential(certificate: null, Basic(inAddress));
        }

        if (user.AuthProvider is { Name: not Oidc } removed)
        {
            throw Field(
                $"User \"{user.Name}\" uses the auth-provider \"{removed.Name}\", which Kubernetes removed in 1.26",
                "Replace it by an exec plugin: gke-gcloud-auth-plugin for gcp, kubelogin for azure.");
        }

        if (user is { AuthProvider: not null, Exec: not null })
            throw Field($"User \"{user.Name}\" has both an auth-provider and an exec plugin, which kubectl does not allow", "Remove one of them.");

        // client-go: a kubeconfig's token, password or certificate keeps its exec plugin from running.
        if (user.Exec is not null && inAddress is null && !Has(user.Token) && !Has(user.TokenFile) && !HasBasic(user) && !HasCertificate(user))
        {
            var cluster = context.Cluster ?? throw Field("The context has no cluster", "Correct the context's cluster.");
            return new ExecPluginCredential(runner, user.Exec, cluster, context.Identity, interactiveAllowed);
        }

        var certificate = HasCertificate(user) ? ReadCertificate(user) : null;
        try
        {
            if (inAddress is not null)
                return new StaticCredential(certificate, Basic(inAddress));
            if (Has(user.TokenFile))
                return new TokenFileCredential(certificate, user.TokenFile!, context.Identity, time);
            var authorization = Authorization(user);
            return authorization is null && user.AuthProvider is { } provider
                ? new OidcCredential(certificate, logins.Get(provider, user.Name), user.Name, context.Identity)
                : new StaticCredential(certificate, authorization);
        }
        catch (FaultException)
        {
            certificate?.Dispose();
            throw;
        }
    }

    private static bool HasBasic(KubeconfigUser user) => Has(user.Username) || Has(user.Password);

    private static bool HasCertificate(KubeconfigUser user) => Has(user.ClientCertificateData) || Has(user.ClientCertificateFile);

    private static AuthenticationHeaderValue? Authorization(KubeconfigUser user)
    {
        if (Has(user.Token))
        {
            return BearerToken.ToHeader(user.Token!)
                ?? throw Field($"The token of user \"{user.Name}\" holds characters that no header can carry", "Copy the token again, without line breaks.");
        }

        return HasBasic(user) ? Basic(user.Username, user.Password) : null;
    }

    /// <summary>The name and password of an address.</summary>
    private static AuthenticationHeaderValue? Basic(string? inAddress)
    {
        if (inAddress is null)
            return null;
        var parts = inAddress.Split(':', 2);
        return Basic(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static AuthenticationHeaderValue Basic(string? name, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private static ClientCertificate ReadCertificate(KubeconfigUser user)
    {
        if (!Has(user.ClientKeyData) && !Has(user.ClientKeyFile))
            throw Field($"User \"{user.Name}\" has a client certificate but no client key", "Add client-key or client-key-data.");
        return ClientCertificate.Parse(
            Read(user, "client-certificate", user.ClientCertificateData, user.ClientCertificateFile),
            Read(user, "client-key", user.ClientKeyData, user.ClientKeyFile));
    }

    private static PemText Read(KubeconfigUser user, string field, string? data, string? file)
    {
        var source = Has(data) ? $"{field}-data of user \"{user.Name}\"" : $"{field} {file}";
        try
        {
            return new PemText(Has(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data!)) : SharedFile.ReadAllText(file!), source);
        }
        catch (FormatException)
        {
            throw Field($"{source} is not base64", $"Copy the field again, or name a PEM file with {field}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CredentialProblems.Unreadable(cluster: null, source, exception);
        }
    }

    private static FaultException Field(string detail, string advice) => CredentialProblems.Field(cluster: null, detail, advice);
}

/// <summary>In place of a login that the kubeconfig has and that is not sent, because the connection is not encrypted.</summary>
internal sealed class WithheldCredential() : ClusterCredential(certificate: null)
{
    /// <inheritdoc/>
    public override bool IsWithheld => true;

    /// <inheritdoc/>
    public override ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken) => new((AuthenticationHeaderValue?)null);

    /// <inheritdoc/>
    public override bool TryInvalidate(AuthenticationHeaderValue? rejected) => false;
}
