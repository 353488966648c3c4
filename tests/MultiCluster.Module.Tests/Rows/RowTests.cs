using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Rows;

/// <summary>
/// A row leads to its own object: each cmdlet with each shape. Two clusters have the same objects, so that a wider question brings more than
/// one, and another one first.
/// </summary>
public sealed class RowTests : IAsyncLifetime
{
    private const string Pod = "Get-KubeResource pod web-2-1 -Namespace web -Cluster sim-2";
    private const string Node = "Get-KubeResource node node-2 -Cluster sim-2";
    private const string Budget = "Get-KubeResource pdb web -Namespace web -Cluster sim-2";
    private const string Deployment = "Get-KubeResource deploy web -Namespace web -Cluster sim-2";
    private const string CronJob = "Get-KubeResource cronjob web -Namespace web -Cluster sim-2";
    private const string Namespace = "Get-KubeNamespace web -Cluster sim-2";

    private static readonly Dictionary<string, (string Read, string Script, string Expected)> Commands = new()
    {
        ["Get-KubeResource"] = (Pod, "Get-KubeResource | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name)\" }", "sim-2 web/web-2-1"),
        ["Get-KubeResource with its kind"] = (Pod, "Get-KubeResource po | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name)\" }", "sim-2 web/web-2-1"),
        ["Get-KubeResource of a cluster-wide kind"] = (Node, "Get-KubeResource | % { \"$($_.ClusterName) $($_.Name)\" }", "sim-2 node-2"),
        ["Get-KubePod"] = (Pod, "Get-KubePod | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name)\" }", "sim-2 web/web-2-1"),
        ["Get-KubeNode"] = (Node, "Get-KubeNode | % { \"$($_.ClusterName) $($_.Name)\" }", "sim-2 node-2"),
        ["Watch-KubeResource"] = (Pod, "Watch-KubeResource -First 1 | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name)\" }", "sim-2 web/web-2-1"),
        ["Remove-KubeResource"] = (Pod, "Remove-KubeResource -PassThru -Confirm:$false | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name)\" }", "sim-2 web/web-2-1"),
        ["Get-KubeLog"] = (Pod, "Get-KubeLog -Tail 1 | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Pod)\" }", "sim-2 web/web-2-1"),
        ["Get-KubeEvent"] = (Pod, "Get-KubeEvent | % { \"$($_.ClusterName) $($_.Message)\" }", "sim-2 of web-2-1"),
        ["Watch-KubeEvent"] = (Pod, "Watch-KubeEvent -Since 1h -First 1 | % { \"$($_.ClusterName) $($_.Message)\" }", "sim-2 of web-2-1"),
        ["Test-KubeAccess"] = (Pod, "Test-KubeAccess delete | % { \"$($_.ClusterName) $($_.Resource) $($_.Namespace)/$($_.Name)\" }", "sim-2 pods web/web-2-1"),
        ["Suspend-KubeNode"] = (Node, "Suspend-KubeNode -PassThru | % { \"$($_.ClusterName) $($_.Name) $($_.Unschedulable)\" }", "sim-2 node-2 True"),
        ["Resume-KubeNode"] = (Node, "Resume-KubeNode -PassThru | % { \"$($_.ClusterName) $($_.Name) $($_.Unschedulable)\" }", "sim-2 node-2 False"),
        ["Invoke-KubeDrain"] = (Node, "Invoke-KubeDrain -WhatIf | % { \"$($_.ClusterName) $($_.Node) $($_.Pods.Count)\" }", "sim-2 node-2 3"),
        ["Get-KubePodDisruption"] = (Budget, "Get-KubePodDisruption | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Pods.Count)\" }", "sim-2 web/web 6"),
        ["Update-KubeResource"] = (Pod, "Update-KubeResource -Label @{ x = 'y' } -PassThru | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Labels.x)\" }", "sim-2 web/web-2-1 y"),
        ["Copy-KubeResource"] = (Deployment, "Copy-KubeResource -NewName copy -DryRun | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Outcome)\" }", "sim-2 web/copy Created"),
        ["Set-KubeScale"] = (Deployment, "Set-KubeScale -Replicas 7 -DryRun | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Message)\" }", "sim-2 web/web spec.replicas: 1 -> 7"),
        ["Restart-KubeWorkload"] = (Deployment, "Restart-KubeWorkload -DryRun | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Outcome)\" }", "sim-2 web/web Configured"),
        ["Suspend-KubeWorkload"] = (CronJob, "Suspend-KubeWorkload -DryRun | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Outcome)\" }", "sim-2 web/web Configured"),
        ["Resume-KubeWorkload"] = (CronJob, "Resume-KubeWorkload -DryRun | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name) $($_.Outcome)\" }", "sim-2 web/web Unchanged"),
        ["Start-KubeCronJob"] = (CronJob, "Start-KubeCronJob -DryRun | % { \"$($_.ClusterName) $($_.Namespace)/$($_.Name.Substring(0, 11)) $($_.Outcome)\" }", "sim-2 web/web-manual- Created"),
        ["Get-KubeNamespace"] = (Namespace, "Get-KubeNamespace | % { \"$($_.ClusterName) $($_.Name)\" }", "sim-2 web"),
    };

    private DrainFleet _drain = null!;

    public static TheoryData<string, string> Table => [.. from command in Commands.Keys from shape in RowShapes.All.Keys select (command, shape)];

    private Shell Shell => _drain.Shell;

    public async ValueTask InitializeAsync()
    {
        _drain = await DrainFleet.StartAsync();
        foreach (var cluster in _drain.Fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web","namespace":"web"},"spec":{"minAvailable":1,"selector":{}},"status":{"disruptionsAllowed":1}}""");
            cluster.Store.Add("""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"another","namespace":"web"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}}}""");
            cluster.Store.Add("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"web"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"d"}},"template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{"name":"a","image":"x"}]}}}}""");
            cluster.Store.Add("""{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"web","namespace":"web"},"spec":{"suspend":false,"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"x"}]}}}}}}""");
            foreach (var pod in cluster.Store.List("pods"))
            {
                cluster.Logs.Start("web", pod.Name, "app");
                cluster.Logs.Of("web", pod.Name, "app").Append($"of {pod.Name}");
                cluster.Store.Add($$"""
                    {"apiVersion":"v1","kind":"Event","metadata":{"name":"{{pod.Name}}","namespace":"web"},"type":"Normal","reason":"Started","message":"of {{pod.Name}}",
                     "involvedObject":{"apiVersion":"v1","kind":"Pod","namespace":"web","name":"{{pod.Name}}","uid":"{{pod.Uid}}"},"lastTimestamp":"{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}
                    """);
            }
        }
    }

    public ValueTask DisposeAsync() => _drain.DisposeAsync();

    [Theory]
    [MemberData(nameof(Table))]
    public void A_row_leads_to_its_own_object(string command, string shape)
    {
        var (read, script, expected) = Commands[command];
        Shell.Have(shape, read);

        var run = Shell.Run($"$row | {script}");

        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal([expected], run.Output);
    }
}
