using MultiCluster.Clusters;
using Spectre.Console;

namespace MultiCluster.Picking;

/// <summary>Lets the user pick among the known clusters in the terminal.</summary>
internal static class ClusterPicking
{
    /// <summary>The ticked clusters, or null when the user gave up.</summary>
    /// <exception cref="Faults.FaultException">There is no terminal.</exception>
    public static async Task<IReadOnlyList<KubeCluster>?> PickAsync(IReadOnlyList<KubeCluster> clusters, CancellationToken cancellationToken)
    {
        var items = clusters.Select(cluster => new PickItem
        {
            Id = cluster,
            Name = cluster.ClusterName,
            Detail = cluster.Kubeconfig,
            Groups = cluster.Group,
            Refusal = cluster.Origin.Problem,
            Ticked = cluster.Selected,
        });
        // Made afresh: a shell that has set Console.OutputEncoding meanwhile, as PSReadLine does at each prompt, has another Console.Out,
        // and a console that still writes to the old one is taken for redirected.
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        var picked = await ClusterPicker.PickAsync([.. items], console, cancellationToken).ConfigureAwait(false);
        return picked is null ? null : [.. picked.Select(item => (KubeCluster)item.Id)];
    }
}
