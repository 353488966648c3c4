namespace MultiCluster.Kubeconfig;

/// <summary>A user's <c>auth-provider</c> entry. Never printed: it holds secrets.</summary>
internal sealed class AuthProviderConfig
{
    /// <summary>What changes by itself: kubectl and this module write the tokens of a renewed login back into the kubeconfig.</summary>
    internal static readonly string[] Tokens = ["id-token", "refresh-token"];

    /// <summary>The provider: <c>oidc</c>; <c>gcp</c> and <c>azure</c> were removed from Kubernetes in 1.26.</summary>
    public required string Name { get; init; }

    /// <summary>The provider's own fields, as they stand in the kubeconfig.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Full path of the kubeconfig that holds the entry; empty for none.</summary>
    public string KubeconfigPath { get; init; } = "";

    /// <summary>True when the tokens are the same.</summary>
    internal bool HasTokensOf(AuthProviderConfig other) =>
        Array.TrueForAll(Tokens, name => Config.GetValueOrDefault(name) == other.Config.GetValueOrDefault(name));

    /// <summary>True when all but the tokens is the same.</summary>
    internal bool IsLoginOf(AuthProviderConfig other) =>
        Name == other.Name && KubeconfigPath == other.KubeconfigPath && Fields().SequenceEqual(other.Fields());

    private IEnumerable<KeyValuePair<string, string>> Fields() =>
        Config.Where(static field => !Tokens.Contains(field.Key)).OrderBy(static field => field.Key, StringComparer.Ordinal);
}
