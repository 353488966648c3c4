namespace MultiCluster.Http.Login;

/// <summary>What is known about a cluster's login.</summary>
public enum AuthState
{
    /// <summary>Nothing speaks against the credential.</summary>
    Valid,

    /// <summary>The credential was rejected, and is being rebuilt and tried again.</summary>
    Recovering,

    /// <summary>The quick attempts failed; further ones are made every minute.</summary>
    Invalid,
}
