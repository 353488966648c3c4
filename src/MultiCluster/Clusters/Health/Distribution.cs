namespace MultiCluster.Clusters;

/// <summary>Tells a cluster's maker from its version (<c>gitVersion</c>) and its address.</summary>
internal static class Distribution
{
    public static string Of(string version, Uri? server)
    {
        var host = server?.Host ?? "";
        foreach (var (mark, name) in VersionMarks)
        {
            if (version.Contains(mark, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        foreach (var (mark, name) in HostMarks)
        {
            if (host.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return "Kubernetes";
    }

    private static readonly (string Mark, string Name)[] VersionMarks =
    [
        ("-eks-", "EKS"), ("-gke.", "GKE"), ("+k3s", "K3s"), ("+rke2", "RKE2"), ("-rancher", "RKE"), ("+k0s", "k0s"),
        ("-aliyun", "ACK"), ("+vmware", "Tanzu"), ("-mirantis", "MKE"), ("+IKS", "IKS"), ("-tke.", "TKE"),
    ];

    private static readonly (string Mark, string Name)[] HostMarks =
    [
        (".azmk8s.io", "AKS"), (".eks.amazonaws.com", "EKS"), (".gke.goog", "GKE"), (".k8s.ondigitalocean.com", "DOKS"),
        (".linodelke.net", "LKE"), (".openshiftapps.com", "OpenShift"),
    ];
}
