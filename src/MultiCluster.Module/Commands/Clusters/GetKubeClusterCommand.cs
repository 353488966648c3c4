using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Lists every context of every known kubeconfig, without a request.</summary>
[Cmdlet(VerbsCommon.Get, "KubeCluster")]
[OutputType(typeof(KubeCluster))]
public sealed class GetKubeClusterCommand : KubeCmdlet
{
    /// <summary>Names, with wildcards; a name that exists exactly is taken as it is.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KnownClusterCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Exact ids.</summary>
    [Parameter]
    [Alias("ClusterId")]
    [ArgumentCompleter(typeof(ClusterIdCompleter))]
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
            var selected = Session.Pool.Selected;
            Write(selected, id => (ClusterById.Find(id, selected, Session.Pool.Ids, out var ambiguous), ambiguous));
            return;
        }

        var known = Known(Kubeconfig);
        foreach (var refusal in known.Refusals)
            Fail(refusal.Fault, refusal.Target);
        KubeCluster[] all = [.. known.Clusters, .. Session.Pool.Selected.Where(cluster => Kubeconfig.Length == 0 && !known.Clusters.Any(cluster.IsSameAs))];
        Write(all, id => (ClusterById.Find(id, all, known.Ids, out var ambiguous), ambiguous));
    }

    private void Write(IReadOnlyList<KubeCluster> clusters, Func<string, (KubeCluster? Cluster, Fault? Ambiguous)> byId)
    {
        var groups = Group.Select(group => new NamePattern(group)).ToArray();
        foreach (var group in groups.Select(static group => group.Literal).OfType<string>().Where(group => !clusters.Any(cluster => cluster.Group.Any(new NamePattern(group).IsMatch))))
            Fail(SelectionRules.NoSuchGroup(group, clusters), group);
        var found = (Id.Length == 0 ? clusters : WithIds(clusters, byId))
            .Where(cluster => groups.Length == 0 || groups.Any(group => cluster.Group.Any(group.IsMatch))).ToArray();
        if (Name.Length > 0)
            found = [.. Name.SelectMany(name => Matching(name, found)).Distinct()];
        foreach (var cluster in found)
            WriteObject(cluster);
    }

    private IReadOnlyList<KubeCluster> WithIds(IReadOnlyList<KubeCluster> clusters, Func<string, (KubeCluster? Cluster, Fault? Ambiguous)> byId)
    {
        var wanted = new HashSet<KubeCluster>();
        foreach (var id in Id.Distinct(StringComparer.Ordinal))
        {
            var (cluster, ambiguous) = byId(id);
            if (cluster is not null)
                wanted.Add(cluster);
            else
                Fail(ambiguous ?? Missing(id, clusters.Select(cluster => cluster.ClusterId)), id);
        }

        return [.. clusters.Where(wanted.Contains)];
    }

    private IReadOnlyList<KubeCluster> Matching(string name, IReadOnlyList<KubeCluster> clusters)
    {
        var matches = ClusterByName.Find(name, clusters);
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
