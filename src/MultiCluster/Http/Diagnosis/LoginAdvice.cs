using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>What to do when a cluster does not accept a login, by the kind of login.</summary>
internal static class LoginAdvice
{
    /// <summary>Of the name and password in a server's address.</summary>
    public const string OfAddress = "The name and password in the cluster's server address are not accepted: correct them, or take them out if the user has another login.";

    /// <summary>Of a kubeconfig's user.</summary>
    public static string Of(KubeconfigUser? user) => user switch
    {
        { ClientCertificateData: not null } or { ClientCertificateFile: not null } =>
            "The client certificate has expired or this cluster does not know it: get a fresh kubeconfig.",
        { TokenFile: not null } => "The token file holds a token that this cluster does not accept: renew it; it is read again by itself.",
        { Token: not null } => "The kubeconfig's token has expired or was revoked: get a new one.",
        { Username: not null } => "API servers no longer accept name and password: get a token or a client certificate.",
        { AuthProvider: not null } => "The id-token is not accepted: log in again with the tool that wrote it into the kubeconfig.",
        { Exec: { } exec } => $"Log in again with {MessageText.OneLine(Path.GetFileName(exec.Command), 60)}, the kubeconfig's credential plugin.",
        _ => "The kubeconfig's context has no credential: add a user to it.",
    };
}
