using System.Management.Automation;
using MultiCluster.Api.Discovery;
using MultiCluster.Measuring;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Measuring;

/// <summary>Counts objects and adds up what they request, may use and use, by cluster, namespace, node, image or label.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "KubeResource", DefaultParameterSetName = "Namespace")]
[OutputType(typeof(KubeMeasurement))]
public sealed class MeasureKubeResourceCommand : ClusterCmdlet
{
    /// <summary>The kind: pods, the default, or any other, whose objects are counted alone.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string Kind { get; set; } = "pods";

    /// <summary>Names, with wildcards; all when left out.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
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

    /// <summary>Label selector in Kubernetes' syntax: <c>tier=frontend,env in (prod,staging)</c>.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>By what objects are put together: Cluster, the default, Namespace, Node, Image, or several.</summary>
    [Parameter]
    [ValidateSet(nameof(MeasureBy.Cluster), nameof(MeasureBy.Namespace), nameof(MeasureBy.Node), nameof(MeasureBy.Image))]
    public string[] By { get; set; } = [nameof(MeasureBy.Cluster)];

    /// <summary>A label by whose values they are put together, too; alone when -By is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? Label { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (!PipesNothing)
            Measure();
        base.End();
    }

    private void Measure()
    {
        var clusters = Targets();
        var query = new MeasureQuery
        {
            Kind = Kind,
            Names = Name,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            By = Label is not null && !IsBound(nameof(By)) ? [] : [.. By.Select(static by => Enum.Parse<MeasureBy>(by, ignoreCase: true))],
            Label = Label,
        };
        var measurement = new Measurement(query);
        if (PipesObjects)
        {
            var objects = ReadObjects(clusters, new ReferenceQuery { Kinds = IsBound(nameof(Kind)) ? [Kind] : [] });
            foreach (var cluster in objects.GroupBy(static item => item.ClusterId, StringComparer.Ordinal))
                measurement.Add(MeasureReader.Of(query, cluster.First().Source.Cluster, cluster));
            Write(measurement, objects.Select(static item => item.Kind).Distinct(StringComparer.Ordinal).ToArray() is [var only] ? only : "Object");
            return;
        }

        var reader = new MeasureReader(query);
        Ask<MeasurePart>(clusters, reader.ReadAsync, part =>
        {
            measurement.Add(part);
            return true;
        });
        Tell(reader.Remarks);
        Write(measurement, KindName.Find(Kind, BuiltInKinds.All)?.Kind ?? Kind);
    }

    private void Write(Measurement measurement, string kind)
    {
        foreach (var row in measurement.Rows(kind))
            WriteObject(row);
    }
}
