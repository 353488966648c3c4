using System.Collections.Immutable;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Discovery;

/// <summary>What a cluster serves, as its discovery tells it. May be changed at any time.</summary>
internal sealed class ApiCatalog(KindRegistry kinds)
{
    private ImmutableList<(string Group, string Version)> _broken = [];

    /// <summary>What <c>/version</c> tells as <c>gitVersion</c>.</summary>
    public required string Version { get; set; }

    /// <summary>Which aggregated discovery is offered.</summary>
    public required DiscoveryMode Mode { get; set; }

    /// <summary>In which versions budgets and evictions are served.</summary>
    public PolicyVersions Policy => kinds.Policy;

    /// <summary>The named groups in the server's order, those known only by a broken version last.</summary>
    public IReadOnlyList<string> Groups => [.. kinds.All.Select(k => k.Group).Concat(_broken.Select(b => b.Group)).Where(g => g.Length > 0).Distinct()];

    /// <summary>A group's versions, the preferred one first.</summary>
    public IReadOnlyList<string> VersionsOf(string group) =>
    [
        .. kinds.All.Where(k => k.Group == group).SelectMany(k => k.Versions).Select(v => v.Name)
            .Concat(_broken.Where(b => b.Group == group).Select(b => b.Version)).Distinct(),
    ];

    /// <summary>The kinds that a version of a group has.</summary>
    public IEnumerable<ResourceKind> KindsOf(string group, string version) => kinds.All.Where(k => k.Group == group && k.FindVersion(version) is not null);

    /// <summary>True for a version whose extension server is down.</summary>
    public bool IsBroken(string group, string version) => _broken.Contains((group, version));

    public void Break(string group, string version) => ImmutableInterlocked.Update(ref _broken, broken => broken.Add((group, version)));

    public void Mend(string group, string version) => ImmutableInterlocked.Update(ref _broken, broken => broken.Remove((group, version)));
}
