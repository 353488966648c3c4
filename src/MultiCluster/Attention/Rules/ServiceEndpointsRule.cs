using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Services that select pods, and lead to none that is ready.</summary>
internal sealed class ServiceEndpointsRule() : AttentionRule("ServiceEndpoints", "a Service leads to no pod that is ready")
{
    private readonly List<(FindingSubject Service, DateTimeOffset? Created)> _services = [];
    private readonly Dictionary<(string?, string?), (int Ready, int All)> _endpoints = [];

    public override IReadOnlyList<InventoryKind> Kinds => [new("services"), new("endpointslices.discovery.k8s.io")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        switch (item)
        {
            case KubeService { IsDeleted: false } when item.SpecJson["selector"u8].Count() > 0 && !item.SpecJson["type"u8].Is("ExternalName"u8):
                _services.Add((FindingSubject.Of(item), ContainerEnd.CreatedAt(item)));
                break;
            case KubeEndpointSlice { Service: { } service } slice:
                var (ready, all) = _endpoints.GetValueOrDefault((slice.Namespace, service));
                foreach (var endpoint in slice.Root["endpoints"u8].Elements)
                {
                    all++;
                    // What says nothing is ready (discovery/v1 EndpointConditions).
                    ready += endpoint["conditions"u8]["ready"u8] is { Exists: true } condition && !condition.AsBoolean() ? 0 : 1;
                }

                _endpoints[(slice.Namespace, service)] = (ready, all);
                break;
        }
    }

    public override void Conclude(AttentionScan scan)
    {
        if (!scan.HasSeen("endpointslices.discovery.k8s.io"))
            return;
        foreach (var (service, created) in _services)
        {
            var (ready, all) = _endpoints.GetValueOrDefault((service.Namespace, service.Name));
            if (ready == 0 && scan.IsPast(created, Grace))
                scan.Add(this, FindingSeverity.Warning, service, null, all == 0 ? "Leads nowhere: its selector fits no pod that has an address." : $"Leads nowhere: none of its {Sentence.Count(all, "endpoint")} is ready.");
        }
    }
}
