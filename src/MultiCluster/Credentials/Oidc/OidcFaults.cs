using MultiCluster.Faults;
using MultiCluster.Http.Login;

namespace MultiCluster.Credentials.Oidc;

/// <summary>The faults of logins by an identity provider.</summary>
internal static class OidcFaults
{
    private const string LogIn = "Log in again with the tool that wrote the kubeconfig (kubelogin: kubectl oidc-login), or get a fresh kubeconfig.";

    /// <summary>The id-token has ended, and nothing can renew it.</summary>
    public static FaultException Expired(string user, string why) =>
        CredentialProblems.OfPlugin(CredentialProblem.ExpiredCredentials, $"the id-token of user \"{user}\" {why}", LogIn);

    /// <summary>The login is renewed, and the new refresh token cannot be saved: the old one is worth nothing any more.</summary>
    public static FaultException NotKept(string user, Fault why) => CredentialProblems.OfPlugin(
        CredentialProblem.HelperFailed, $"the login of user \"{user}\" is renewed for this session only, for {why.Detail}", why.Advice, why.Cause);

    /// <summary>The provider does not renew the login.</summary>
    public static FaultException Refused(string user, string provider, string why) =>
        CredentialProblems.OfPlugin(CredentialProblem.ExpiredCredentials, $"the identity provider {provider} does not renew the login of user \"{user}\" ({why})", LogIn);

    /// <summary>The provider cannot be asked; what the login is worth is not known.</summary>
    public static FaultException Unreachable(string provider, Fault fault) => CredentialProblems.OfPlugin(
        CredentialProblem.Connectivity,
        $"the identity provider {provider} cannot be asked to renew the login: {fault.Detail}",
        "Check that this machine can reach it; if its certificate is not trusted, set idp-certificate-authority in the kubeconfig.",
        fault.Cause);

    /// <summary>The provider answers something else than a provider does.</summary>
    public static FaultException Strange(string provider, string what) => CredentialProblems.OfPlugin(
        CredentialProblem.HelperFailed,
        $"the identity provider {provider} {what}",
        "Check idp-issuer-url in the kubeconfig, and whether a proxy or a login page answers in the provider's place.");

    /// <summary>A field of the kubeconfig that is missing or cannot be used.</summary>
    public static FaultException Field(string user, string what) =>
        CredentialProblems.Field(cluster: null, $"the auth-provider oidc of user \"{user}\" {what}", "Correct the user in the kubeconfig, or get a fresh kubeconfig.");
}
