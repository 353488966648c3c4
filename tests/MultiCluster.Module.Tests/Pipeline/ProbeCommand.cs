using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Http;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Sessions;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>For the module's tests in a real PowerShell: clusters that answer, fail or stay silent, without a network.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KubeProbe")]
public sealed class ProbeCommand : QueryCmdlet
{
    private static int _running;

    /// <summary>Operations that have not ended, in the whole process.</summary>
    public static int Running => Volatile.Read(ref _running);

    /// <summary>Clusters that answer.</summary>
    [Parameter(Position = 0)]
    public string[] Answering { get; set; } = [];

    /// <summary>Clusters that fail.</summary>
    [Parameter]
    public string[] Failing { get; set; } = [];

    /// <summary>Clusters that stay silent.</summary>
    [Parameter]
    public string[] Silent { get; set; } = [];

    /// <summary>Objects of each cluster that answers.</summary>
    [Parameter]
    public int Count { get; set; } = 1;

    /// <summary>Works on a session of its own, not on the runspace's.</summary>
    private protected override void End()
    {
        using var clusters = new TestSession([.. Answering, .. Failing, .. Silent]);
        KubeSession.Use(Runspace.DefaultRunspace, clusters.Session);
        Ask<string>(clusters.Clusters, RunAsync);
        base.End();
    }

    private async Task RunAsync(KubeCluster cluster, FanOutSink output, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            var name = cluster.ClusterName;
            await output.NoticeAsync(NoticeLevel.Verbose, "GET /api/v1/pods", cancellationToken);
            if (Failing.Contains(name))
                throw new FaultException(new Fault
                {
                    Phase = FaultPhase.Forbidden,
                    Operation = "list pods in namespace web",
                    Detail = "Forbidden (user \"jane\" cannot list resource \"pods\")",
                    Advice = "Ask for the role view, or pass -Namespace.",
                });
            if (Silent.Contains(name))
                await Task.Delay(Timeout.Infinite, cancellationToken);
            for (var i = 0; i < Count; i++)
                await output.WriteAsync<string>([$"{name}/{i}"], cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
