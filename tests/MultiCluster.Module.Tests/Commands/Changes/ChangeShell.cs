using System.Text.Json.Nodes;
using MultiCluster.Changes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>A PowerShell in front of two simulated clusters whose objects its tests change.</summary>
public abstract class ChangeShell : IAsyncLifetime
{
    private protected SimulatedFleet Fleet { get; private set; } = null!;

    private protected Shell Shell { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0, LogLinesPerSecond = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in Fleet.Clusters)
            Fill(cluster);
        Shell = new Shell(Fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await Fleet.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts into a cluster what the tests change.</summary>
    private protected virtual void Fill(SimulatedCluster cluster)
    {
    }

    private protected static void AddMap(SimulatedCluster cluster, string name, string value = "1") =>
        cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"web"},"data":{"key":"{{value}}"} }""");

    private protected static void AddDeployment(SimulatedCluster cluster, string name, int replicas = 2) => cluster.Store.Add($$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{name}}}","namespace":"web","labels":{"app":"{{{name}}}"}},
         "spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"{{{name}}}"}},
         "template":{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"app","image":"x:1"},{"name":"side","image":"y:1"}]} } } }
        """);

    /// <summary>An object as a cluster stores it; null when it is not there.</summary>
    private protected JsonNode? Stored(string plural, string name, string cluster = "sim-1", string? ns = "web") => Fleet[cluster].Store.Find(plural, ns, name)?.ToJson();

    /// <summary>The value of a ConfigMap's <c>key</c> in both clusters.</summary>
    private protected IEnumerable<string?> Values(string name = "a") => Fleet.Clusters.Select(cluster => Stored("configmaps", name, cluster.Name)?["data"]?["key"]?.ToString());

    /// <summary>How many writes the clusters have received that were meant.</summary>
    private protected int Writes() => Fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Method is "POST" or "PUT" or "PATCH" or "DELETE" && !request.Path.Contains("authorization.k8s.io", StringComparison.Ordinal) && !request.Query.Contains("dryRun", StringComparison.Ordinal)));

    /// <summary>What became of the objects, in order.</summary>
    private protected static IEnumerable<string> Told(ShellRun run) => run.Of<KubeApplyResult>().Select(static result => $"{result.ClusterName} {result.Kind} {result.Name} {result.Outcome}").Order(StringComparer.Ordinal);

    /// <summary>Writes a file into the shell's location.</summary>
    private protected void Write(string file, string text)
    {
        var path = Shell.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
