using System.Text;
using MultiCluster.Faults;
using YamlDotNet.RepresentationModel;

namespace MultiCluster.Kubeconfig;

/// <summary>
/// Adds and removes contexts in one kubeconfig that belongs to the module. What it does not know of the file stays; comments do not.
/// Only the owner may read the file.
/// </summary>
/// <param name="path">Full path of the file; it and its folder are made when there is none.</param>
/// <param name="time">The clock for waiting until another session is done.</param>
internal sealed class KubeconfigWriter(string path, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Full path of the file.</summary>
    public string FilePath => path;

    /// <summary>Adds <paramref name="cluster"/> as a context with its cluster and user, in place of what had its name.</summary>
    /// <returns>The context as it is read from the file.</returns>
    /// <exception cref="FaultException">The cluster cannot be used as given, or the file does not parse or cannot be written; nothing is changed.</exception>
    public async Task<KubeconfigContext> AddAsync(ManualCluster cluster, CancellationToken cancellationToken = default)
    {
        Check(cluster);
        using var held = await FileLock.TakeAsync(path, _time, cancellationToken).ConfigureAwait(false);
        var tree = await KubeconfigTree.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        tree.Put("clusters", cluster.Name, "cluster", ClusterNode(cluster));
        tree.Put("users", cluster.Name, "user", UserNode(cluster));
        tree.Put("contexts", cluster.Name, "context", Node(("cluster", cluster.Name), ("user", cluster.Name), ("namespace", cluster.Namespace)));
        var bytes = tree.ToBytes();
        await OwnerOnlyFile.WriteAsync(path, bytes, cancellationToken).ConfigureAwait(false);
        return MergedKubeconfig.Of([KubeconfigReader.Read(path, bytes, CancellationToken.None)], SourceKind.Added).Contexts.First(c => c.Identity.Context == cluster.Name);
    }

    /// <summary>Removes the context <paramref name="name"/>, and its cluster and user where no other context uses them.</summary>
    /// <returns>False when there is no such context.</returns>
    /// <exception cref="FaultException">The file does not parse or cannot be written; nothing is changed.</exception>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path)) return false;
        using var held = await FileLock.TakeAsync(path, _time, cancellationToken).ConfigureAwait(false);
        var tree = await KubeconfigTree.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (!tree.RemoveContext(name)) return false;
        await OwnerOnlyFile.WriteAsync(path, tree.ToBytes(), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static void Check(ManualCluster cluster)
    {
        if (string.IsNullOrWhiteSpace(cluster.Name)) throw Refuse("The cluster has no name.", "Give it a name.");
        var entry = new KubeconfigCluster
        {
            Name = cluster.Name,
            Server = cluster.Server,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            CertificateAuthorityData = NullIfEmpty(cluster.CertificateAuthority),
            ProxyUrl = NullIfEmpty(cluster.ProxyUrl),
        };
        if (ContextRules.Problem(entry) is { } problem) throw Refuse(problem, "Correct the cluster's parameters.");
        if (string.IsNullOrEmpty(cluster.ClientCertificate) != string.IsNullOrEmpty(cluster.ClientKey))
            throw Refuse("A client certificate and its key belong together.", "Give both, or none.");
    }

    private static FaultException Refuse(string problem, string advice) => new(FaultPhase.Invalid, problem.TrimEnd('.'), advice);

    private static YamlMappingNode ClusterNode(ManualCluster cluster)
    {
        var node = Node(
            ("server", cluster.Server),
            ("certificate-authority-data", Encode(cluster.CertificateAuthority)),
            ("tls-server-name", cluster.TlsServerName),
            ("proxy-url", cluster.ProxyUrl));
        if (cluster.InsecureSkipTlsVerify) node.Add("insecure-skip-tls-verify", new YamlScalarNode("true"));
        return node;
    }

    private static YamlMappingNode UserNode(ManualCluster cluster) => Node(
        ("token", cluster.Token),
        ("client-certificate-data", Encode(cluster.ClientCertificate)),
        ("client-key-data", Encode(cluster.ClientKey)));

    private static YamlMappingNode Node(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var node = new YamlMappingNode();
        foreach (var (name, value) in fields)
        {
            if (!string.IsNullOrEmpty(value)) node.Add(name, KubeconfigTree.Text(value));
        }

        return node;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Encode(string? pem) => string.IsNullOrEmpty(pem) ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}
