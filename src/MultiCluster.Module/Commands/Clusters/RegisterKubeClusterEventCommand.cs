using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Subscribes to what happens to the session's clusters, as Register-ObjectEvent does to an object's events.</summary>
[Cmdlet(VerbsLifecycle.Register, "KubeClusterEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterKubeClusterEventCommand : KubeCmdlet
{
    /// <summary>Which events; all when left out.</summary>
    [Parameter(Position = 0)]
    public ClusterEventKind[] EventName { get; set; } = [];

    /// <summary>What to run for each event; <c>$EventArgs.ClusterEvent</c> is the event. Without it events queue for Get-Event and Wait-Event.</summary>
    [Parameter(Position = 1)]
    public ScriptBlock? Action { get; set; }

    /// <summary>Names or ids of clusters, with wildcards; all when left out. Events about the whole selection always come.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public string[] Cluster { get; set; } = [];

    /// <summary>The subscription's name, for Get-Event, Wait-Event and Unregister-Event.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string SourceIdentifier { get; set; } = $"KubeCluster.{Guid.NewGuid():N}"[..20];

    /// <summary>Data handed to the action.</summary>
    [Parameter]
    public PSObject? MessageData { get; set; }

    private protected override void Process()
    {
        var source = new ClusterEventSource(Session.Pool, EventName, Cluster);
        var subscriber = Events.SubscribeEvent(source, nameof(ClusterEventSource.Raised), SourceIdentifier, MessageData, Action, false, false);
        subscriber.Unsubscribed += (_, _) => source.Dispose();
        if (subscriber.Action is not null)
            WriteObject(subscriber.Action);
    }
}
