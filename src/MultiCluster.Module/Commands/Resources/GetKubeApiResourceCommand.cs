using System.Management.Automation;
using MultiCluster.FanOut;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Lists the kinds that each cluster serves.</summary>
[Cmdlet(VerbsCommon.Get, "KubeApiResource")]
[OutputType(typeof(KubeApiResource))]
public sealed class GetKubeApiResourceCommand : ClusterCmdlet
{
    /// <summary>Plurals, singulars, kinds or short names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [Alias("Kind")]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>API groups, with wildcards; an empty text is the core group.</summary>
    [Parameter]
    [SupportsWildcards]
    [AllowEmptyString]
    public string[] ApiGroup { get; set; } = [];

    /// <summary>Only kinds whose objects live in namespaces; with <c>-Namespaced:$false</c> only the others.</summary>
    [Parameter]
    public SwitchParameter Namespaced { get; set; }

    /// <summary>Asks the clusters again instead of the six-hour cache.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override void End()
    {
        bool? namespaced = Sink.IsBound(nameof(Namespaced)) ? On(Namespaced) : null;
        var refresh = On(Refresh);
        var names = Name.Select(static name => new NamePattern(name)).ToArray();
        var groups = ApiGroup.Select(static group => new NamePattern(group)).ToArray();
        Ask<KubeApiResource>(Targets(), async (cluster, sink, cancellationToken) =>
        {
            var served = await cluster.Connection!.Session.Kinds.GetAllAsync(refresh, cancellationToken).ConfigureAwait(false);
            foreach (var notice in served.Notices)
                await sink.NoticeAsync(NoticeLevel.Warning, notice.ToString(), cancellationToken).ConfigureAwait(false);
            KubeApiResource[] wanted = [.. served.Kinds.Where(kind => IsWanted(kind, names, groups, namespaced)).Select(kind => new KubeApiResource(cluster.Connection.Identity, kind))];
            await sink.WriteAsync(wanted, cancellationToken).ConfigureAwait(false);
        });
        base.End();
    }

    private static bool IsWanted(ResourceKind kind, NamePattern[] names, NamePattern[] groups, bool? namespaced) =>
        (names.Length == 0 || names.Any(name => name.IsMatch(kind.Plural) || name.IsMatch(kind.Singular) || name.IsMatch(kind.Kind) || kind.ShortNames.Any(name.IsMatch)))
        && (groups.Length == 0 || groups.Any(group => group.IsMatch(kind.Group)))
        && (namespaced is null || namespaced == kind.Namespaced);
}
