using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Http;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Lists every context of every known kubeconfig, without a request.</summary>
[Cmdlet(VerbsCommon.Get, "KubeCluster")]
[OutputType(typeof(KubeCluster))]
public sealed class GetKubeClusterCommand : SessionCmdlet
{
    /// <summary>Names, with wildcards; a name that exists exactly is taken as it is.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KnownClusterCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Exact ids.</summary>
    [Parameter]
    [Alias("ClusterId")]
    public string[] Id { get; set; } = [];

    /// <summary>Kubeconfig files or folders to look in, and nowhere else.</summary>
    [Parameter]
    public string[] Kubeconfig { get; set; } = [];

    /// <summary>Groups, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Group { get; set; } = [];

    /// <summary>Only the selected clusters; reads no kubeconfig.</summary>
    [Parameter]
    public SwitchParameter Selected { get; set; }

    private protected override void Process()
    {
        if (Selected)
        {
            Write(Session.Pool.Selected);
            return;
        }

        var known = Session.Pool.Known(FullPaths(Kubeconfig));
        foreach (var notice in known.Notices)
            WriteWarning(notice);
        foreach (var refusal in known.Refusals)
            Fail(refusal.Fault, refusal.Target);
        var elsewhere = Session.Pool.Selected.Where(cluster => Kubeconfig.Length == 0 && known.Clusters.All(other => other.ClusterId != cluster.ClusterId || other.Kubeconfig != cluster.Kubeconfig));
        Write([.. known.Clusters, .. elsewhere]);
    }

    private void Write(IReadOnlyList<KubeCluster> clusters)
    {
        var ids = Id.ToHashSet(StringComparer.Ordinal);
        var groups = Group.Select(group => new NamePattern(group)).ToArray();
        IReadOnlyList<KubeCluster> found =
        [
            .. clusters.Where(cluster => (ids.Count == 0 || ids.Contains(cluster.ClusterId))
                && (groups.Length == 0 || groups.Any(group => cluster.Group.Any(group.IsMatch)))),
        ];
        if (Name.Length > 0)
            found = [.. Name.SelectMany(name => Matching(name, found)).Distinct()];
        foreach (var id in ids.Where(id => clusters.All(cluster => cluster.ClusterId != id)))
            Fail(Missing(id, clusters.Select(cluster => cluster.ClusterId)), id);
        foreach (var cluster in found)
            WriteObject(cluster);
    }

    private IReadOnlyList<KubeCluster> Matching(string name, IReadOnlyList<KubeCluster> clusters)
    {
        var matches = NamePattern.Select(name, clusters, static cluster => [cluster.ClusterName, cluster.ClusterId]);
        if (matches.Count == 0 && new NamePattern(name).Literal is not null)
            Fail(Missing(name, clusters.Select(cluster => cluster.ClusterName)), name);
        return matches;
    }

    private static Fault Missing(string name, IEnumerable<string> names) => new()
    {
        Phase = FaultPhase.NotFound,
        Detail = $"there is no cluster '{name}'",
        Advice = NearNames.Sentence(name, names) ?? "Get-KubeCluster lists what there is.",
    };
}
