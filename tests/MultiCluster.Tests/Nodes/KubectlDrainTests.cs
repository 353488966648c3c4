using System.Diagnostics;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Nodes;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Nodes;

/// <summary>The plan against <c>kubectl drain --dry-run=server</c> on a real API server: a node for each kind of pod, and the sets of switches.</summary>
[Trait("Category", "ControlPlane")]
public sealed class KubectlDrainTests(DrainServer server) : IClassFixture<DrainServer>
{
    private const string EmptyDir = "\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}]";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plan_agrees_with_kubectl_on_which_pods_go()
    {
        Assert.SkipWhen(Kubectl is null, "There is no kubectl in the PATH.");
        await using var session = await server.SelectAsync();
        var connection = DrainServer.ConnectionOf(session);
        var nodes = await FillAsync(connection);
        foreach (var switches in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 15]) // kubectl limits its own rate: each set takes seconds
        {
            var options = new DrainOptions
            {
                IgnoreDaemonSet = (switches & 1) != 0,
                DeleteEmptyDirData = (switches & 2) != 0,
                Force = (switches & 4) != 0,
                PodSelector = (switches & 8) != 0 ? "tier=front" : null,
            };
            var plans = await new DrainPlanner(options).PlanAsync(connection, nodes, CallContext.Default, Cancelled);
            var ours = plans.Where(plan => !plan.IsBlocked).SelectMany(plan => plan.Pods).Where(pod => pod.Goes).Select(pod => pod.ToString()).Order(StringComparer.Ordinal);
            var theirs = await KubectlAsync([.. nodes.Select(node => node.Name)], options);
            Assert.Equal($"{options}: {string.Join(' ', theirs)}", $"{options}: {string.Join(' ', ours)}");
        }
    }

    private static string? Kubectl => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    private static async Task<IReadOnlyList<KubeNode>> FillAsync(ClusterConnection connection)
    {
        await DrainServer.PostAsync(connection, "/apis/apps/v1/namespaces/default/daemonsets", """
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"x"}]}}}}
            """);
        var daemonSet = await connection.Session.Objects.GetAsync(NodeKinds.DaemonSet, "default", "agent", metadataOnly: true, CallContext.Default, Cancelled);
        var managed = DrainServer.Owner("ReplicaSet", "web", "rs");
        var ofDaemonSet = DrainServer.Owner("DaemonSet", "agent", daemonSet.Uid!);
        var orphaned = DrainServer.Owner("DaemonSet", "gone", "gone");
        (string Name, string Metadata, string Spec, string Phase)[] kinds =
        [
            ("managed", managed, "", "Running"),
            ("managed-data", managed, EmptyDir, "Running"),
            ("alone", "", "", "Running"),
            ("alone-data", "", EmptyDir, "Running"),
            ("daemon", ofDaemonSet, "", "Running"),
            ("daemon-data", ofDaemonSet, EmptyDir, "Running"),
            ("orphan", orphaned, "", "Running"),
            ("orphan-data", orphaned, EmptyDir, "Running"),
            ("done", "", "", "Succeeded"),
            ("failed-data", "", EmptyDir, "Failed"),
            ("daemon-done", ofDaemonSet, "", "Failed"),
            ("mirror", "\"annotations\":{\"kubernetes.io/config.mirror\":\"x\"}", EmptyDir, "Running"),
            ("pending", managed, "", "Pending"),
            ("front", $"{managed},\"labels\":{{\"tier\":\"front\"}}", "", "Running"),
            ("front-alone", "\"labels\":{\"tier\":\"front\"}", EmptyDir, "Running"),
        ];
        var nodes = new List<KubeNode>();
        foreach (var (name, metadata, spec, phase) in kinds)
        {
            await DrainServer.AddNodeAsync(connection, $"node-{name}");
            await DrainServer.AddPodAsync(connection, "default", name, $"node-{name}", metadata, spec, phase);
            nodes.Add((KubeNode)await connection.Session.Objects.GetAsync(NodeKinds.Node, null, $"node-{name}", metadataOnly: false, CallContext.Default, Cancelled));
        }

        return nodes;
    }

    /// <summary>The pods that kubectl would evict, sorted.</summary>
    private async Task<IReadOnlyList<string>> KubectlAsync(IReadOnlyList<string> nodes, DrainOptions options)
    {
        var start = new ProcessStartInfo(Kubectl!) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] arguments = ["drain", .. nodes, "--dry-run=server", $"--kubeconfig={server.Kubeconfig}", $"--ignore-daemonsets={Flag(options.IgnoreDaemonSet)}", $"--delete-emptydir-data={Flag(options.DeleteEmptyDirData)}", $"--force={Flag(options.Force)}", .. options.PodSelector is { } selector ? [$"--pod-selector={selector}"] : (string[])[]];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled) + await errors;
        await process.WaitForExitAsync(Cancelled);
        return [.. output.Split('\n').Where(line => line.StartsWith("evicting pod ", StringComparison.Ordinal)).Select(line => line["evicting pod ".Length..].Split(' ')[0]).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
