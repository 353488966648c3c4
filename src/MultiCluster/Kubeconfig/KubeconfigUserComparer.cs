namespace MultiCluster.Kubeconfig;

/// <summary>Compares users by everything they hold, but for the tokens of an <c>auth-provider</c>, which are renewed in place. Users have no equality of their own, since that would print them.</summary>
internal sealed class KubeconfigUserComparer : IEqualityComparer<KubeconfigUser>
{
    public static KubeconfigUserComparer Instance { get; } = new();

    public bool Equals(KubeconfigUser? x, KubeconfigUser? y)
    {
        if (ReferenceEquals(x, y)) return true;
        return x is not null && y is not null
            && Texts(x).SequenceEqual(Texts(y))
            && x.ImpersonateGroups.SequenceEqual(y.ImpersonateGroups)
            && SameExtra(x.ImpersonateExtra, y.ImpersonateExtra)
            && SameExec(x.Exec, y.Exec)
            && SameLogin(x.AuthProvider, y.AuthProvider);
    }

    public int GetHashCode(KubeconfigUser obj)
    {
        var hash = new HashCode();
        foreach (var text in Texts(obj)) hash.Add(text);
        return hash.ToHashCode();
    }

    private static IEnumerable<string?> Texts(KubeconfigUser user) =>
    [
        user.Name, user.ClientCertificateFile, user.ClientCertificateData, user.ClientKeyFile, user.ClientKeyData, user.Token, user.TokenFile,
        user.Username, user.Password, user.AuthProvider?.Name, user.Impersonate, user.ImpersonateUid,
    ];

    private static bool SameExtra(IReadOnlyDictionary<string, IReadOnlyList<string>> x, IReadOnlyDictionary<string, IReadOnlyList<string>> y) =>
        x.Count == y.Count && x.All(pair => y.TryGetValue(pair.Key, out var other) && pair.Value.SequenceEqual(other));

    private static bool SameLogin(AuthProviderConfig? x, AuthProviderConfig? y) => x is null || y is null ? x == y : x.IsLoginOf(y);

    private static bool SameExec(ExecConfig? x, ExecConfig? y)
    {
        if (x is null || y is null) return x is null && y is null;
        return x.ApiVersion == y.ApiVersion
            && x.Command == y.Command
            && x.Args.SequenceEqual(y.Args)
            && x.Env.SequenceEqual(y.Env)
            && x.InstallHint == y.InstallHint
            && x.ProvideClusterInfo == y.ProvideClusterInfo
            && x.InteractiveMode == y.InteractiveMode;
    }
}
