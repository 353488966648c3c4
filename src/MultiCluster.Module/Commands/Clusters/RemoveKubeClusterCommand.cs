using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Removes a cluster that was added by hand, or a kubeconfig file or folder from the search. Kubeconfigs of others are never changed.</summary>
[Cmdlet(VerbsCommon.Remove, "KubeCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Name")]
public sealed class RemoveKubeClusterCommand : KubeCmdlet
{
    /// <summary>The name of a cluster added with Add-KubeCluster.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name")]
    [Alias("Context")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownClusterCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Clusters of Get-KubeCluster, or rows of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>A kubeconfig file or folder added with Add-KubeCluster -Path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    private protected override void Process()
    {
        foreach (var path in FullPaths(Path))
            RemovePath(path);
        foreach (var name in Name)
            RemoveCluster(name, cluster => cluster.ClusterName == name || cluster.Context == name || cluster.Identity.IsAddressedBy(name));
        foreach (var row in InputObject)
            RemoveRow(row);
    }

    private void RemovePath(string path)
    {
        var preferences = Session.Pool.Preferences.Load();
        Tell(preferences.Notices);
        var searched = preferences.Preferences.Search;
        if (!searched.Contains(path))
        {
            var others = searched.Count == 0 ? "Nothing was added." : $"Added were: {string.Join(", ", searched)}.";
            Fail(new Fault { Phase = FaultPhase.NotFound, Detail = $"{path} was not added with Add-KubeCluster", Advice = others }, path);
            return;
        }

        if (ShouldProcess(path, "Stop searching for kubeconfigs"))
            Await(Session.Pool.Preferences.UpdateAsync(now => now with { Search = [.. now.Search.Where(other => other != path)] }, Cancellation));
    }

    /// <summary>Removes the cluster that is piped in. An object is none, though it has one.</summary>
    private void RemoveRow(PSObject row)
    {
        try
        {
            switch (PipedRow.Of(row, Session.Pool))
            {
                case PipedRow.OfCluster { Target: KubeCluster live }:
                    RemoveCluster(live.ClusterName, live.IsSameAs);
                    break;
                case PipedRow.OfCluster { Target: ExactId { Id: var id } }:
                    RemoveCluster(id, cluster => cluster.Identity.IsAddressedBy(id));
                    break;
                default:
                    throw new FaultException(RowFaults.NoClusterItself);
            }
        }
        catch (FaultException e)
        {
            Fail(e.Fault, row);
        }
    }

    private void RemoveCluster(string name, Func<KubeCluster, bool> isMeant)
    {
        var own = Session.Pool.OwnKubeconfig;
        var clusters = Known([]).Clusters.Where(isMeant).ToArray();
        if (clusters.FirstOrDefault(cluster => cluster.Identity.IsIn(own)) is not { } cluster)
        {
            var advice = clusters is [var other, ..]
                ? $"It stands in {other.Kubeconfig}, which is not the module's: remove it there, or use kubectl config delete-context."
                : "Get-KubeCluster lists the known clusters, with wildcards too, and pipes into Remove-KubeCluster, which takes names as they are.";
            Fail(new Fault { Phase = FaultPhase.NotFound, Detail = $"'{name}' was not added with Add-KubeCluster", Advice = advice }, name);
            return;
        }

        if (!ShouldProcess(cluster.ClusterName, $"Remove from {own}"))
            return;
        if (Session.Pool.Selected.FirstOrDefault(cluster.IsSameAs) is { } active)
            Await(Session.Pool.DisconnectAsync([active]));
        Await(new KubeconfigWriter(own).RemoveAsync(cluster.Context, Cancellation));
    }
}
