namespace MultiCluster.Faults;

/// <summary>Where a call to one cluster failed. The names are the tails of the cmdlets' error ids (<c>Kube.Unauthorized</c>).</summary>
public enum FaultPhase
{
    /// <summary>The kubeconfig cannot be read, or its context cannot be used.</summary>
    Kubeconfig,

    /// <summary>No credential could be had: a key, a token file, an exec plugin.</summary>
    Credential,

    /// <summary>The server's name does not resolve.</summary>
    Dns,

    /// <summary>No connection: refused, reset, unreachable, a proxy's refusal.</summary>
    Connect,

    /// <summary>The TLS handshake failed, or the certificate is not accepted.</summary>
    Tls,

    /// <summary>HTTP 401.</summary>
    Unauthorized,

    /// <summary>HTTP 403.</summary>
    Forbidden,

    /// <summary>The cluster does not serve the kind.</summary>
    KindNotFound,

    /// <summary>HTTP 404 of an object, or a name that fits nothing.</summary>
    NotFound,

    /// <summary>HTTP 409.</summary>
    Conflict,

    /// <summary>HTTP 400, 405, 415, 422, or an argument that cannot be used.</summary>
    Invalid,

    /// <summary>HTTP 429.</summary>
    Throttled,

    /// <summary>The cluster stayed silent for too long, or the call's deadline passed.</summary>
    Timeout,

    /// <summary>HTTP 5xx.</summary>
    Server,

    /// <summary>The answer is not what the API promises: truncated, malformed, another content type.</summary>
    Decode,

    /// <summary>Nothing is selected at all.</summary>
    NoClusterSelected,

    /// <summary>The cluster is known but not selected, or was deselected meanwhile.</summary>
    ClusterNotSelected,

    /// <summary>The cluster is protected and nobody agreed.</summary>
    Protected,

    /// <summary>A command in a container ended with an exit code other than 0.</summary>
    CommandFailed,
}
