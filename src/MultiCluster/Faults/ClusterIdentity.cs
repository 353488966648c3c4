using MultiCluster.Terminal;

namespace MultiCluster.Faults;

/// <summary>Which cluster an object, a fault or an event belongs to.</summary>
/// <param name="ClusterId">
/// <c>&lt;kubeconfig file's base name&gt;:&lt;context&gt;</c>; split at its first colon, since contexts contain colons (EKS ARNs). Where two
/// known files make the same id, as many parent folders stand before the base name as tell them apart.
/// </param>
/// <param name="ClusterName">The context's name, or the alias set with <c>Set-KubeCluster -Alias</c>.</param>
/// <param name="Context">The context's name in the kubeconfig; of one without a name, the file's.</param>
/// <param name="KubeconfigPath">Full path of the file that defines the context; empty for the in-cluster identity.</param>
public sealed record ClusterIdentity(string ClusterId, string ClusterName, string Context, string KubeconfigPath)
{
    /// <summary>The id while no other file makes the same one.</summary>
    internal string PlainId => KubeconfigPath.Length == 0 || IsPlain ? ClusterId : $"{Path.GetFileName(KubeconfigPath)}:{Context}";

    private bool IsPlain => ClusterId.Length == Path.GetFileName(KubeconfigPath.AsSpan()).Length + 1 + Context.Length;

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

    /// <summary>True for the same context of the same file, under whatever id and alias.</summary>
    internal bool IsSameAs(ClusterIdentity other) => Context == other.Context && IsIn(other.KubeconfigPath);

    /// <summary>True when the context stands in that file.</summary>
    internal bool IsIn(string kubeconfigPath) => FileLabel.Comparer.Equals(KubeconfigPath, kubeconfigPath);

    /// <summary>
    /// True when <paramref name="id"/> is the context with its file's base name and any number of its parent folders: an id that was good
    /// with more or fewer files around still leads here.
    /// </summary>
    internal bool IsAddressedBy(string id)
    {
        if (id == ClusterId) return true;
        var file = id.Length - Context.Length - 1;
        return KubeconfigPath.Length > 0
            && file > 0
            && id[file] == ':'
            && id.EndsWith(Context, StringComparison.Ordinal)
            && FileLabel.Fits(id.AsSpan(0, file), KubeconfigPath);
    }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(ClusterName);
}
