namespace MultiCluster.Http.Login;

/// <summary>What is wrong with a cluster's login.</summary>
public enum CredentialProblem
{
    /// <summary>The exec plugin's command is not there.</summary>
    MissingHelper,

    /// <summary>The exec plugin failed, hung, or printed something that is no credential.</summary>
    HelperFailed,

    /// <summary>The exec plugin printed a credential that has expired.</summary>
    ExpiredCredentials,

    /// <summary>The server does not accept the credential (HTTP 401).</summary>
    Rejected,

    /// <summary>The server could not be asked; nothing is known about the credential.</summary>
    Connectivity,
}
