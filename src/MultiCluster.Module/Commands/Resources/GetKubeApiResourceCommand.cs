using System.Management.Automation;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

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
    [ArgumentCompleter(typeof(ApiGroupCompleter))]
    public string[] ApiGroup { get; set; } = [];

    /// <summary>Only kinds whose objects live in namespaces; with <c>-Namespaced:$false</c> only the others.</summary>
    [Parameter]
    public SwitchParameter Namespaced { get; set; }

    /// <summary>Asks the clusters again instead of the six-hour cache.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override void End()
    {
        var reader = new ApiResourceReader(new ApiResourceQuery
        {
            Names = Name,
            Groups = ApiGroup,
            Namespaced = IsBound(nameof(Namespaced)) ? Namespaced : null,
            Refresh = Refresh,
        });
        WriteOrKeep<KubeApiResource>(Targets(), (connection, _, _, sink, cancellationToken) => reader.ReadAsync(connection, sink, cancellationToken));
        base.End();
    }
}
