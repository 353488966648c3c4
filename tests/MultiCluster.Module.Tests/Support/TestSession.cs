using MultiCluster.Clusters;
using MultiCluster.Kubeconfig;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Tests.Support;

/// <summary>A session with clusters that are selected and not connected: operations of these tests need no network.</summary>
internal sealed class TestSession : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("multicluster-");

    public TestSession(params IReadOnlyList<string> clusters)
    {
        var file = Path.Combine(_home.FullName, "config");
        File.WriteAllText(file, Kubeconfig(clusters));
        Session = new KubeSession(new ClusterPoolOptions
        {
            Search = new KubeconfigSearch { HomeFolder = _home.FullName, ReadVariable = _ => null, ExplicitPaths = [file] },
            ConfigurationFolder = Path.Combine(_home.FullName, "configuration"),
            CacheFolder = Path.Combine(_home.FullName, "cache"),
            HeartbeatInterval = TimeSpan.FromHours(1),
        });
        Clusters = Session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = [file] }).GetAwaiter().GetResult().Clusters;
    }

    public KubeSession Session { get; }

    public IReadOnlyList<KubeCluster> Clusters { get; }

    public void Dispose()
    {
        Session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _home.Delete(recursive: true);
    }

    /// <summary>Port 9 discards: nobody answers there.</summary>
    internal static string Kubeconfig(IEnumerable<string> clusters)
    {
        var contexts = clusters.Select(name => $$$"""{"name": "{{{name}}}", "context": {"cluster": "c", "user": "u"}}""");
        return $$$"""
            {
              "apiVersion": "v1", "kind": "Config",
              "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:9"}}],
              "users": [{"name": "u", "user": {"token": "none"}}],
              "contexts": [{{{string.Join(", ", contexts)}}}]
            }
            """;
    }
}
