using MultiCluster.Clusters;
using MultiCluster.Module.Commands.Clusters;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Sessions;
using MultiCluster.Resources;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Support;

/// <summary>A runspace's session in front of simulated clusters, with a home folder, preferences and a cache of its own. Nothing is selected.</summary>
internal sealed class FleetSession : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("multicluster-");

    public FleetSession(SimulatedFleet? fleet = null, UserKind user = UserKind.AdminToken)
    {
        Kubeconfig = File("sandbox");
        fleet?.WriteKubeconfig(Kubeconfig, user);
        Session = new KubeSession(new ClusterPoolOptions
        {
            Search = new()
            {
                HomeFolder = _home.FullName,
                CurrentFolder = _home.FullName,
                ReadVariable = name => name == "KUBECONFIG" ? Kubeconfig : null,
            },
            ConfigurationFolder = File("configuration"),
            CacheFolder = File("cache"),
            HeartbeatInterval = TimeSpan.FromHours(1),
        });
    }

    public KubeSession Session { get; }

    public string Kubeconfig { get; }

    public IReadOnlyList<KubeCluster> Selected => Session.Pool.Selected;

    public string SelectedNames => string.Join(",", Selected.Select(cluster => cluster.ClusterName));

    /// <summary>Full path of a file in the home folder.</summary>
    public string File(string name) => Path.Combine(_home.FullName, name);

    /// <summary>Another name for a context of the kubeconfig, with the same server and user.</summary>
    public string WriteCopy(string fileName, string context, string newName)
    {
        var file = File(fileName);
        System.IO.File.WriteAllText(file, System.IO.File.ReadAllText(Kubeconfig).Replace(
            $"- name: \"{context}\"\n  context:", $"- name: \"{newName}\"\n  context:", StringComparison.Ordinal));
        return file;
    }

    public FleetSession Select(params string[] names)
    {
        var sink = Run(new CmdletRunner<SelectKubeClusterCommand> { ["Name"] = names, ["NoConnect"] = true });
        Assert.Empty(sink.Errors);
        return this;
    }

    public RecordingSink Run<T>(CmdletRunner<T> runner, IEnumerable<object?>? input = null)
        where T : SessionCmdlet, new()
    {
        runner.Cmdlet.Session = Session;
        return runner.Run(input);
    }

    /// <summary>One object of one cluster, as a pipeline would bring it.</summary>
    public KubeObject Read(string cluster, string kind, string name) => Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = new[] { kind }, ["AllNamespaces"] = true })
        .Objects.Cast<KubeObject>().Single(one => one.ClusterName == cluster && one.Name == name);

    public void Dispose()
    {
        Session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _home.Delete(recursive: true);
    }
}
