using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Forwarding;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Forwarding;

/// <summary>A cmdlet about forwards that there are: which ones.</summary>
public abstract class ForwardCmdlet : KubeCmdlet
{
    private protected ForwardCmdlet()
    {
    }

    /// <summary>Numbers of forwards.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ForwardCompleter))]
    public int[] Id { get; set; } = [];

    /// <summary>Names of what is forwarded to, with wildcards: <c>svc/api</c>, <c>api</c>, or of the pod.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ForwardNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Names or ids of clusters, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public string[] Cluster { get; set; } = [];

    /// <summary>Whether anything says which ones.</summary>
    private protected bool IsNarrowed => Id.Length + Name.Length + Cluster.Length > 0;

    /// <summary>The forwards that are meant, with an error for each number and name that means none.</summary>
    private protected IReadOnlyList<KubePortForward> Meant()
    {
        var all = ForwardStore.Of(Session.Pool).All;
        foreach (var id in Id.Where(id => all.All(forward => forward.Id != id)))
            Fail(ForwardFaults.NoSuchForward(id), id);
        var clusters = new ClusterWords(Cluster);
        var choice = new ForwardChoice(Id, Name, clusters);
        foreach (var name in choice.Missing(all))
            Fail(ForwardFaults.NoForwardTo(name), name);

        // A cluster without forwards has nothing to show, which is no error; one that there is not is.
        foreach (var name in clusters.Included.Where(name => name.Literal is not null && !all.Any(forward => name.IsMatch(forward.ClusterName) || name.IsMatch(forward.ClusterId))))
        {
            foreach (var refusal in ClusterTargets.Resolve(Session.Pool, [name.Literal!]).Refusals)
                Fail(refusal.Fault, refusal.Target);
        }

        return [.. all.Where(choice.Means)];
    }
}
