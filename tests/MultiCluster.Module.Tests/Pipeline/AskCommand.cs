using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>A cmdlet that runs whatever operation a test gives it.</summary>
[Cmdlet(VerbsCommon.Get, "KubeAnswer", DefaultParameterSetName = "Operation")]
public sealed class AskCommand : ClusterCmdlet
{
    /// <summary>What is done on each cluster: an <see cref="AskedWork"/>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Operation")]
    public object? Operation { get; set; }

    /// <summary>What is waited for, without clusters: an <see cref="AwaitedWork"/>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Work")]
    public object? Work { get; set; }

    /// <summary>Writes no more objects than this.</summary>
    [Parameter]
    public int First { get; set; } = int.MaxValue;

    private protected override void End()
    {
        if (Work is AwaitedWork work)
        {
            WriteObject(Await(work.Invoke(Post, Cancellation)));
            return;
        }

        var left = First;
        var operation = (AskedWork)Operation!;
        Ask<string>(Targets(), (connection, _, _, output, cancellationToken) => operation(connection.Identity, output, cancellationToken), value =>
        {
            WriteObject(value);
            return --left > 0;
        });
        base.End();
    }
}

/// <summary>What is done on a cluster.</summary>
internal delegate Task AskedWork(ClusterIdentity cluster, FanOutSink output, CancellationToken cancellationToken);

/// <summary>Work that leaves messages for the pipeline thread.</summary>
internal delegate Task<object> AwaitedWork(Action<NoticeLevel, string> post, CancellationToken cancellationToken);
