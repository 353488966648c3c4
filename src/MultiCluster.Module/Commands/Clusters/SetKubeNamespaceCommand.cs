using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects.Selectors;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Sets the namespace that commands use when none is named, for this session only.</summary>
[Cmdlet(VerbsCommon.Set, "KubeNamespace", DefaultParameterSetName = "Set")]
public sealed class SetKubeNamespaceCommand : KubeCmdlet
{
    /// <summary>The namespace.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Set")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Namespaces of Get-KubeNamespace, or rows of them: each for its own cluster.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Goes back to the clusters' own default namespaces.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Clear")]
    public SwitchParameter Clear { get; set; }

    /// <summary>Names or ids of selected clusters, with wildcards, or cluster objects; all clusters, and those selected later, when left out.</summary>
    [Parameter(Position = 1, ParameterSetName = "Set")]
    [Parameter(Position = 1, ParameterSetName = "Clear")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectedClusterCompleter))]
    public object[]? Cluster { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == "InputObject")
        {
            foreach (var row in InputObject)
                Set(row);
            return;
        }

        var name = Clear ? null : ResourceName.CheckNamespace(Name);
        if (Cluster is null)
        {
            Session.Pool.Namespaces.SetForAll(name);
            WarnOfNone(Session.Pool.Selected, name);
            return;
        }

        var clusters = Resolve(Cluster);
        foreach (var cluster in clusters)
            Session.Pool.Namespaces.Set(cluster.ClusterId, name);
        WarnOfNone(clusters, name);
    }

    /// <summary>A mistyped name would look like clusters without objects.</summary>
    private void WarnOfNone(IReadOnlyList<KubeCluster> clusters, string? name)
    {
        if (name is not null && Await(NamespaceSearch.IsNowhereAsync(clusters, name, Time, Cancellation)))
            WriteWarning($"There is no namespace {CommandText.Quoted(name)} on {NameList.Of([.. clusters.Select(static cluster => cluster.ClusterName)])}.");
    }

    private void Set(PSObject row)
    {
        try
        {
            var reference = PipedRow.Of(row, Session.Pool) switch
            {
                PipedRow.OfObject { Item: var item } => ObjectReference.To(item),
                PipedRow.OfReference { Reference: var other } => other,
                _ => throw new FaultException(RowFaults.NoNamespaceItself),
            };
            if (reference.Kind is not (null or "Namespace" or "Project") || reference.Namespace is not null)
                throw new FaultException(RowFaults.NoNamespaceItself);
            var name = ResourceName.CheckNamespace(reference.Name);
            foreach (var cluster in Resolve([new ExactId(reference.ClusterId)]))
                Session.Pool.Namespaces.Set(cluster.ClusterId, name);
        }
        catch (FaultException e)
        {
            Fail(e.Fault, row);
        }
    }
}
