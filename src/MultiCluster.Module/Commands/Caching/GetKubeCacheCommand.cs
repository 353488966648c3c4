using System.Management.Automation;
using MultiCluster.Caching;

namespace MultiCluster.Module.Commands.Caching;

/// <summary>Shows the session's live caches.</summary>
[Cmdlet(VerbsCommon.Get, "KubeCache")]
[OutputType(typeof(KubeCache))]
public sealed class GetKubeCacheCommand : CacheCmdlet
{
    private protected override void Process()
    {
        foreach (var cache in Meant())
            WriteObject(new KubeCache(cache));
    }
}
