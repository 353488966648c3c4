namespace MultiCluster.Sandbox.Access;

/// <summary>Somebody who may log in to a simulated cluster.</summary>
public sealed class SimulatedUser
{
    private volatile IReadOnlyList<AccessRule> _rules = [];

    public required string Name { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The bearer token, if the user has one.</summary>
    public string? Token { get; init; }

    /// <summary>The password for basic authentication, if the user has one.</summary>
    public string? Password { get; init; }

    /// <summary>What the user may do; everything for members of <c>system:masters</c>. May be replaced at any time.</summary>
    public IReadOnlyList<AccessRule> Rules
    {
        get => _rules;
        set => _rules = value;
    }

    internal bool IsAdmin => Groups.Contains("system:masters");

    internal bool May(string verb, string group, string resource, string ns, string name) =>
        IsAdmin || Rules.Any(r => r.Allows(verb, group, resource, ns, name));
}
