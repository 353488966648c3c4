using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Typed;

namespace MultiCluster.Module.Tests.Commands.Typed;

public sealed class GetKubeClientTests(SharedFleet shared)
{
    [Fact]
    public void Gives_a_client_of_each_selected_cluster_without_a_request()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("Get-KubeClient");

        Assert.Equal(["prod-eu", "prod-us"], run.Of<KubeClient>().Select(client => client.ClusterName));
        Assert.Equal(["prod-us"], shell.Run("Get-KubeClient *us").Of<KubeClient>().Select(client => client.ClusterName));
        Assert.Equal(["prod-us"], shell.Run("Get-KubeCluster prod-us | Get-KubeClient").Of<KubeClient>().Select(client => client.ClusterName));
        Assert.All(shell.Selected, cluster => Assert.Equal(0, cluster.Connection!.Telemetry?.Requests ?? 0));
    }

    [Fact]
    public void Operations_are_methods_and_what_they_return_knows_its_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var pod = shared.Fleet["prod-eu"].Store.List("pods", "web")[0].Name;
        shell["name"] = pod;

        var run = shell.Run("""
            $c = Get-KubeClient prod-eu
            $one = $c.CoreV1.ReadNamespacedPod($name, 'web')
            $one.ClusterName, $one.Name, $one.Namespace, $one.Spec.Containers[0].GetType().Name
            $c.CoreV1.ListNamespacedPod('web').Items | ForEach-Object { $_.Kind, $_.ClusterId } | Sort-Object -Unique
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(["prod-eu", pod, "web", "V1Container", "Pod", shell.Selected[0].ClusterId], run.Output);
    }

    [Fact]
    public void Members_are_completed()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell.Run("$c = Get-KubeClient prod-eu; $pod = $c.CoreV1.ListNamespacedPod('web').Items[0]");

        Assert.Contains("CoreV1", shell.Offers("$c.Cor").Select(result => result.CompletionText));
        Assert.Contains("ReadNamespacedPod(", shell.Offers("$c.CoreV1.ReadNamespacedP").Select(result => result.CompletionText));
        Assert.Equal(["Containers"], shell.Offers("$pod.Spec.Containe").Select(result => result.CompletionText));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_call_that_waits()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu"], Pods = 3 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("prod-eu");
        fleet["prod-eu"].Faults.Add(ClusterFault.NeverAnswer());
        using var running = shell.Start("(Get-KubeClient prod-eu -TimeoutSec 3600).CoreV1.ListNode()");
        running.Until(_ => fleet["prod-eu"].Requests.Count > 0);

        Assert.True(running.Stop().Stopped);

        Eventually.True(() => fleet["prod-eu"].ActiveRequests == 0, "The request goes on.");
    }

    [Theory]
    [InlineData("Yes", 1)]
    [InlineData("No", 0)]
    public async Task A_protected_cluster_is_asked_about_once_per_client(string answer, int changed)
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu"], Pods = 3 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("prod-eu");
        shell.Run("Set-KubeCluster prod-eu -Protected");
        shell.Host.Answers = [answer];

        var run = shell.Run("""
            $c = Get-KubeClient prod-eu
            foreach ($i in 1, 2) { try { $c.CoreV1.DeleteNamespacedPod($c.CoreV1.ListPodForAllNamespaces().Items[0].Name, 'web') | Out-Null } catch { $_.Exception.GetBaseException().Fault.Phase.ToString() } }
            """);

        Assert.Equal("prod-eu is protected", Assert.Single(shell.Host.Questions).Split('\n')[0]);
        Assert.Equal(changed == 0 ? ["Protected", "Protected"] : [], run.Output.Where(phase => phase is "Protected"));
        Assert.Equal(changed == 1, fleet["prod-eu"].Requests.All.Any(request => request.Method == "DELETE"));
    }

    [Fact]
    public async Task AllowProtected_gives_a_client_that_does_not_ask()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu"], Pods = 3 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("prod-eu");
        shell.Run("Set-KubeCluster prod-eu -Protected");

        shell.Run("$c = (Get-KubeClient prod-eu -AllowProtected).CoreV1; $null = $c.DeleteNamespacedPod($c.ListPodForAllNamespaces().Items[0].Name, 'web')");

        Assert.Empty(shell.Host.Questions);
        Assert.Contains(fleet["prod-eu"].Requests.All, static request => request.Method == "DELETE");
    }

    [Fact]
    public void An_unknown_cluster_is_an_error()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        Assert.Equal(FaultPhase.ClusterNotSelected, Assert.Single(shell.Run("Get-KubeClient staging").Errors).Fault().Phase);
    }
}
