using System.Management.Automation;
using MultiCluster.Images;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Images;

/// <summary>Shows which images are in use, in how many pods of which clusters, and where one tag is not one image.</summary>
[Cmdlet(VerbsCommon.Get, "KubeImage", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeImage))]
public sealed class GetKubeImageCommand : ClusterCmdlet
{
    /// <summary>Images, with or without registry and tag, with wildcards: <c>web</c>, <c>*/payments/*</c>, <c>nginx:1.2*</c>.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

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

    /// <summary>Label selector in Kubernetes' syntax, of the pods: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (!PipesNothing)
            Find();
        base.End();
    }

    private void Find()
    {
        var clusters = Targets();
        var images = new UsedImages();
        if (PipesObjects)
        {
            foreach (var cluster in ReadObjects(clusters, new ReferenceQuery { Kinds = ["pods"] }).OfType<KubePod>().GroupBy(static pod => pod.ClusterId, StringComparer.Ordinal))
            {
                var part = new ImagePart(cluster.First().Source.Cluster);
                foreach (var pod in cluster)
                    part.Add(pod);
                images.Add(part);
            }
        }
        else
        {
            var reader = new ImageReader(Checked.Namespaces(Namespace), AllNamespaces, Checked.Labels(LabelSelector));
            Ask<ImagePart>(clusters, reader.ReadAsync, part =>
            {
                images.Add(part);
                return true;
            });
        }

        foreach (var row in images.Rows(Image))
            WriteObject(row);
    }
}
