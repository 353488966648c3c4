using System.Collections.Frozen;

namespace MultiCluster.Overview;

/// <summary>Tells where a node runs from its <c>spec.providerID</c>, whose scheme the cloud's controller writes: <c>aws:///eu-west-1a/i-0abc</c>.</summary>
internal static class NodePlatform
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["aws"] = "AWS",
        ["gce"] = "GCP",
        ["azure"] = "Azure",
        ["ibm"] = "IBM Cloud",
        ["ibmpowervs"] = "IBM Power VS",
        ["openstack"] = "OpenStack",
        ["vsphere"] = "vSphere",
        ["alicloud"] = "Alibaba Cloud",
        ["oci"] = "Oracle Cloud",
        ["digitalocean"] = "DigitalOcean",
        ["linode"] = "Linode",
        ["hcloud"] = "Hetzner",
        ["scaleway"] = "Scaleway",
        ["nutanix"] = "Nutanix",
        ["baremetalhost"] = "Bare metal",
        ["metal3"] = "Bare metal",
        ["harvester"] = "Harvester",
        ["kubevirt"] = "KubeVirt",
        ["kind"] = "kind",
        ["k3s"] = "k3s",
        ["rke2"] = "RKE2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name; the scheme itself where nobody has named it; null where there is none.</summary>
    public static string? Of(string? providerId)
    {
        var end = providerId?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (end <= 0)
            return null;
        var scheme = providerId![..end];
        return Names.GetValueOrDefault(scheme, scheme);
    }
}
