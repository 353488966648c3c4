namespace MultiCluster.Sandbox.Objects;

/// <summary>In which versions of the group policy a server serves budgets and takes evictions; its own version decides.</summary>
internal sealed record PolicyVersions
{
    private const string V1 = "v1";
    private const string Beta = "v1beta1";

    private PolicyVersions(int minor)
    {
        Minor = minor;
        Budgets = minor < 21 ? [Beta] : minor < 25 ? [V1, Beta] : [V1];
        Evictions = minor < 22 ? [Beta] : [V1, Beta];
    }

    /// <summary>The versions of PodDisruptionBudgets, the preferred one first.</summary>
    public IReadOnlyList<string> Budgets { get; }

    /// <summary>The versions of Evictions that are taken; discovery tells of the first.</summary>
    public IReadOnlyList<string> Evictions { get; }

    /// <summary>False before 1.22, whose answers do not say when to come again.</summary>
    public bool SaysWhenToRetry => Minor >= 22;

    /// <summary>True since 1.26, which marks a pod that is evicted with the condition DisruptionTarget.</summary>
    public bool MarksTargets => Minor >= 26;

    /// <summary>True where a budget's empty selector means every pod of the namespace.</summary>
    public bool EmptyMeansAll => Budgets[0] == V1;

    private int Minor { get; }

    /// <param name="version">A git version such as <c>v1.33.1</c>.</param>
    public static PolicyVersions Of(string version) =>
        new(int.TryParse(version.TrimStart('v').Split('.').ElementAtOrDefault(1), out var minor) ? minor : int.MaxValue);
}
