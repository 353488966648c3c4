using System.Management.Automation;
using MultiCluster.Nodes;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Nodes;

/// <summary>Cordons or uncordons nodes. One that is so already is not written, and nothing is asked about it.</summary>
public abstract class CordonCmdlet(bool unschedulable, string action) : NodeCmdlet
{
    /// <summary>Writes the nodes as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void End()
    {
        var (nodes, clusters) = Find();
        var shows = PassThru;
        foreach (var node in nodes.Where(node => node.Unschedulable == unschedulable))
        {
            WriteVerbose($"{node.ClusterName}: node {node.Name} is {(unschedulable ? "cordoned" : "schedulable")} already");
            if (shows)
                WriteObject(node);
        }

        KubeNode[] wanted = [.. nodes.Where(node => node.Unschedulable != unschedulable && MayChange(clusters[node.ClusterId], $"Node / {node.Name}", action))];
        var run = new CordonRun(wanted, unschedulable, DryRun);
        Ask<KubeNode>(
            [.. wanted.Select(node => clusters[node.ClusterId]).Distinct()],
            (cluster, sink, cancellationToken) => run.SetAsync(cluster.Connection!, CallOf(cluster), sink, cancellationToken),
            node =>
            {
                if (shows)
                    WriteObject(node);
                return true;
            });
        base.End();
    }
}

/// <summary>Cordons nodes: no new pods are put on them.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "KubeNode", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
[OutputType(typeof(KubeNode))]
public sealed class SuspendKubeNodeCommand() : CordonCmdlet(unschedulable: true, "Cordon");

/// <summary>Uncordons nodes: pods are put on them again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "KubeNode", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
[OutputType(typeof(KubeNode))]
public sealed class ResumeKubeNodeCommand() : CordonCmdlet(unschedulable: false, "Uncordon");
