using MultiCluster.Clusters;
using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>
/// Objects that somebody writes in a version of the API which the cluster's next release serves no longer. What each writer used stands in
/// the object's managed fields.
/// </summary>
internal sealed class DeprecatedApiRule() : AttentionRule("DeprecatedApi", "an object is written in a version that the next release serves no longer")
{
    private readonly List<(FindingSubject Subject, int Removed, DateTimeOffset? Since, string Reason)> _written = [];

    public override IReadOnlyList<InventoryKind> Kinds =>
    [
        new("poddisruptionbudgets.policy"), new("ingresses.networking.k8s.io"),
        new("mutatingwebhookconfigurations"), new("validatingwebhookconfigurations"), new("storageclasses"),
        new("customresourcedefinitions") { MetadataOnly = true },
        new("cronjobs.batch") { MetadataOnly = true },
        new("horizontalpodautoscalers.autoscaling") { MetadataOnly = true },
        new("flowschemas.flowcontrol.apiserver.k8s.io") { MetadataOnly = true, Optional = true },
    ];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        foreach (var writer in item.MetadataJson["managedFields"u8].Elements)
        {
            if (RemovedApis.RemovedIn(writer["apiVersion"u8].AsText(), item.Kind) is not { } removed)
                continue;
            _written.Add((
                FindingSubject.Of(item), removed, writer["time"u8].AsTime(),
                $"{writer["manager"u8].AsText()} writes it in {writer["apiVersion"u8].AsText()}, which Kubernetes 1.{removed} serves no longer."));
            return;
        }
    }

    /// <summary>What is not served any more is not written any more, and what goes later than with the next release is for later.</summary>
    public override void Conclude(AttentionScan scan)
    {
        var next = ServerVersion.MinorOf(scan.Version) + 1;
        foreach (var (subject, removed, since, reason) in _written.Where(one => one.Removed == next))
            scan.Add(this, FindingSeverity.Warning, subject, since, reason);
    }
}
