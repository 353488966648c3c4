using MultiCluster.Objects;

namespace MultiCluster.Workloads;

/// <summary>A Service, which is done when somebody answers behind it. Who does stands in EndpointSlices, not in the Service.</summary>
internal static class ServiceRollout
{
    /// <summary>The label by which EndpointSlices name their Service.</summary>
    public const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>Whether its <see cref="KubeEndpointSlice"/>s say if it is done. One without a selector gets its endpoints from whoever made it, if it wants any.</summary>
    public static bool NeedsEndpoints(KubeObject service) => !service.SpecJson["type"u8].Is("ExternalName"u8) && service.SpecJson["selector"u8].Count() > 0;

    public static RolloutStatus Of(KubeObject service, IReadOnlyCollection<KubeEndpointSlice>? endpoints)
    {
        if (service.SpecJson["type"u8].Is("LoadBalancer"u8)
            && service.SpecJson["externalIPs"u8].Count() == 0 && service.StatusJson["loadBalancer"u8]["ingress"u8].Count() == 0)
        {
            return RolloutStatus.Waiting("its load balancer has no address yet");
        }

        if (!NeedsEndpoints(service))
            return RolloutStatus.Done;
        if (endpoints is null)
            return RolloutStatus.Waiting("its endpoints are not known yet");
        return endpoints.Any(HasReady) ? RolloutStatus.Done : RolloutStatus.Waiting("it has no ready endpoint");
    }

    // An endpoint that does not say is ready (discovery/v1 EndpointConditions).
    private static bool HasReady(KubeEndpointSlice slice)
    {
        foreach (var endpoint in slice.Root["endpoints"u8].Elements)
        {
            if (!endpoint["conditions"u8]["ready"u8].Exists || endpoint["conditions"u8]["ready"u8].AsBoolean())
                return true;
        }

        return false;
    }
}
