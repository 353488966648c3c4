namespace MultiCluster.Kubeconfig;

/// <summary>Which cluster an object, a fault or an event belongs to.</summary>
/// <param name="ClusterId"><c>&lt;kubeconfig file's base name&gt;:&lt;context&gt;</c>; split at its first colon, since contexts contain colons (EKS ARNs).</param>
/// <param name="ClusterName">The context's name, or the alias set with <c>Set-KubeCluster -Alias</c>.</param>
/// <param name="Context">The context's name in the kubeconfig.</param>
/// <param name="KubeconfigPath">Full path of the file that defines the context; empty for the in-cluster identity.</param>
public sealed record ClusterIdentity(string ClusterId, string ClusterName, string Context, string KubeconfigPath)
{
    /// <summary>The identity of <paramref name="context"/> in the file at <paramref name="kubeconfigPath"/>.</summary>
    public static ClusterIdentity Of(string kubeconfigPath, string context) =>
        new($"{Path.GetFileName(kubeconfigPath)}:{context}", context, context, kubeconfigPath);

    /// <summary>Splits <paramref name="clusterId"/> at its first colon; false when a part is missing.</summary>
    public static bool TryParse(string? clusterId, out string fileName, out string context)
    {
        var colon = clusterId?.IndexOf(':') ?? -1;
        var isId = colon > 0 && colon < clusterId!.Length - 1;
        fileName = isId ? clusterId![..colon] : "";
        context = isId ? clusterId![(colon + 1)..] : "";
        return isId;
    }

    /// <inheritdoc/>
    public override string ToString() => ClusterName;
}
