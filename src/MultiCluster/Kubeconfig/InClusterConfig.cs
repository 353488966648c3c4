using System.Net;
using System.Net.Sockets;
using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Kubeconfig;

/// <summary>The cluster that this process runs in, as every pod is told of it.</summary>
internal static class InClusterConfig
{
    /// <summary>Where a pod finds its service account's files.</summary>
    public const string DefaultServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>
    /// The context <c>in-cluster:&lt;namespace&gt;</c>, or null when this is no pod. Its token file is not read here.
    /// </summary>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="serviceAccountFolder">The folder with <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.</param>
    public static KubeconfigContext? TryLoad(Func<string, string?> readVariable, string serviceAccountFolder = DefaultServiceAccountFolder)
    {
        var host = readVariable("KUBERNETES_SERVICE_HOST");
        var port = readVariable("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrWhiteSpace(host) || string.IsNullOrWhiteSpace(port)) return null;

        var token = Path.Combine(serviceAccountFolder, "token");
        var authority = Path.Combine(serviceAccountFolder, "ca.crt");
        var space = ReadNamespace(Path.Combine(serviceAccountFolder, "namespace"));
        var cluster = new KubeconfigCluster
        {
            Name = "in-cluster",
            Server = $"https://{Bracket(host.Trim())}:{port.Trim()}",
            CertificateAuthorityFile = File.Exists(authority) ? authority : null,
        };
        return new KubeconfigContext
        {
            Identity = new ClusterIdentity($"in-cluster:{space}", "in-cluster", space, ""),
            Cluster = cluster,
            User = new KubeconfigUser { Name = "service-account", TokenFile = token },
            UserName = "service-account",
            Namespace = space,
            Problem = File.Exists(token) ? ContextRules.Problem(cluster) : $"The pod's service account has no token at {token}.",
        };
    }

    private static string Bracket(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !host.StartsWith('[') ? $"[{host}]" : host;

    private static string ReadNamespace(string path)
    {
        try
        {
            return SharedFile.ReadAllText(path).Trim() is { Length: > 0 } space ? space : "default";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "default";
        }
    }
}
