using System.Management.Automation;
using MultiCluster.Helm;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Helm;

/// <summary>Lists the releases of Helm 3 on every selected cluster, as helm list does.</summary>
[Cmdlet(VerbsCommon.Get, "KubeHelmRelease", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeHelmRelease))]
public sealed class GetKubeHelmReleaseCommand : ClusterCmdlet
{
    /// <summary>Names of releases, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HelmReleaseCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter(ParameterSetName = "Namespace")]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>All namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllNamespaces")]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Every revision that is kept, each as a row of its own.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    /// <summary>With the values that the release's user gave, as the property Values.</summary>
    [Parameter]
    public SwitchParameter Values { get; set; }

    /// <summary>With the rendered manifest, as the property Manifest.</summary>
    [Parameter]
    public SwitchParameter Manifest { get; set; }

    /// <summary>What the labels of Helm's Secrets say, without chart and app version: no Secret is read.</summary>
    [Parameter]
    public SwitchParameter MetadataOnly { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter AsJob { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        var clusters = Targets();
        var reader = new HelmReader(new HelmQuery
        {
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            Releases = PipesObjects ? References() : [],
            History = History,
            Values = Values,
            Manifest = Manifest,
            MetadataOnly = MetadataOnly && !Values && !Manifest,
        });
        WriteOrKeep<KubeHelmRelease>(clusters, reader.ReadAsync);
        base.End();
    }
}
