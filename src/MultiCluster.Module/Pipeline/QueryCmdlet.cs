using System.Management.Automation;
using MultiCluster.Http;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet whose clusters answer and are done: how patiently it waits for them.</summary>
public abstract class QueryCmdlet : ClusterCmdlet
{
    private protected QueryCmdlet()
    {
    }

    /// <summary>
    /// Seconds that a cluster may stay silent: to connect, to the first byte, between bytes; 30 by default.
    /// A whole request never takes more than ten times that.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public virtual int TimeoutSec { get; set; } = 30;

    /// <summary>Seconds for the whole call; no bound by default. What arrived is kept, and clusters that are late are Timeout errors.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int DeadlineSec { get; set; }

    private protected override CallTimeouts Timeouts => new() { Silence = TimeSpan.FromSeconds(TimeoutSec) };

    private protected override TimeSpan? Deadline => DeadlineSec > 0 ? TimeSpan.FromSeconds(DeadlineSec) : null;
}
