namespace MultiCluster.Kubeconfig;

/// <summary>A <c>users[]</c> entry. Paths are already resolved against the folder of the file that holds them. Never printed: it holds secrets.</summary>
internal sealed class KubeconfigUser
{
    /// <summary>The entry's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is wrong with one of its fields, or null.</summary>
    internal string? Damage { get; init; }

    /// <summary>Path of the PEM client certificate; <see cref="ClientCertificateData"/> beats it.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>Base64 of the PEM client certificate.</summary>
    public string? ClientCertificateData { get; init; }

    /// <summary>Path of the PEM client key; <see cref="ClientKeyData"/> beats it.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Base64 of the PEM client key.</summary>
    public string? ClientKeyData { get; init; }

    /// <summary>Bearer token; <see cref="TokenFile"/> beats it.</summary>
    public string? Token { get; init; }

    /// <summary>Path of a file with a bearer token, read again at most every 10 s.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Name for basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>The exec plugin that prints the credential.</summary>
    public ExecConfig? Exec { get; init; }

    /// <summary>The <c>auth-provider</c>: <c>oidc</c>. Others were removed from Kubernetes in 1.26 and are a clear error here.</summary>
    public AuthProviderConfig? AuthProvider { get; init; }

    /// <summary>User to impersonate (<c>as</c>).</summary>
    public string? Impersonate { get; init; }

    /// <summary>UID to impersonate (<c>as-uid</c>).</summary>
    public string? ImpersonateUid { get; init; }

    /// <summary>Groups to impersonate (<c>as-groups</c>).</summary>
    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    /// <summary>Extra fields to impersonate (<c>as-user-extra</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ImpersonateExtra { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>A user's <c>exec</c> entry (client.authentication.k8s.io).</summary>
internal sealed class ExecConfig
{
    /// <summary><c>client.authentication.k8s.io/v1</c> or <c>v1beta1</c>; anything else is an error when the plugin would run.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The command; resolved against the kubeconfig's folder when it is relative and has a separator, else looked up on PATH.</summary>
    public required string Command { get; init; }

    /// <summary>The command's arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Variables added to the plugin's environment.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [];

    /// <summary>Text shown when the command is missing.</summary>
    public string? InstallHint { get; init; }

    /// <summary>True when the plugin wants the cluster in <c>KUBERNETES_EXEC_INFO</c>.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary><c>Never</c>, <c>IfAvailable</c> (default) or <c>Always</c>.</summary>
    public string InteractiveMode { get; init; } = "IfAvailable";
}
