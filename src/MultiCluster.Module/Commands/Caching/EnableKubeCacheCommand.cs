using System.Management.Automation;
using MultiCluster.Caching;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Caching;

/// <summary>Keeps the objects of chosen kinds in memory, live: they are listed once, then watched.</summary>
[Cmdlet(VerbsLifecycle.Enable, "KubeCache")]
[OutputType(typeof(KubeCache))]
public sealed class EnableKubeCacheCommand : ClusterCmdlet
{
    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Namespaces, each with a cache of its own; one of all namespaces when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    private protected override void End()
    {
        Ask<KubeCache>(Targets(), new CacheStart(Kind, Checked.Namespaces(Namespace)).RunAsync);
        base.End();
    }
}
