using System.Net.Sockets;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Forwarding;

public sealed class StartKubePortForwardTests : ForwardShell
{
    [Fact]
    public void The_Uri_of_a_forward_answers()
    {
        var run = Shell.Run("Invoke-RestMethod (Start-KubePortForward svc/api 80 -Cluster prod-eu).Uri");

        Assert.Empty(run.Errors);
        Assert.Equal(["web-1 /\n"], run.Output);
    }

    [Fact]
    public void The_same_target_of_many_clusters_has_a_port_for_each()
    {
        var forwards = Shell.Run("Start-KubePortForward svc/api 80").Of<KubePortForward>();

        Assert.Equal(["prod-eu", "prod-us"], forwards.Select(static one => one.ClusterName).Order());
        Assert.Equal(2, forwards.Select(static one => one.LocalPort).Distinct().Count());
    }

    [Fact]
    public void Pods_may_be_piped_in()
    {
        var run = Shell.Run("Get-KubePod web-1 | Start-KubePortForward -Port http | ForEach-Object { Invoke-RestMethod $_.Uri }");

        Assert.Empty(run.Errors);
        Assert.Equal(["web-1 /\n", "web-1 /\n"], run.Output);
    }

    [Fact]
    public void Services_and_rows_may_be_piped_in()
    {
        var run = Shell.Run("Get-KubeResource svc api -Cluster prod-us | Select-Object ClusterId, Kind, Namespace, Name | Start-KubePortForward -Port 80");

        Assert.Empty(run.Errors);
        Assert.Equal("prod-us", Assert.Single(run.Of<KubePortForward>()).ClusterName);
    }

    [Fact]
    public void A_local_port_of_ones_own_is_listened_on()
    {
        var port = FreePort();

        Assert.Equal(port, Assert.Single(Shell.Run($"Start-KubePortForward web-1 {port}:8080 -Cluster prod-eu").Of<KubePortForward>()).LocalPort);
    }

    [Fact]
    public void A_local_port_that_is_taken_is_an_error_that_names_it()
    {
        var port = Assert.Single(Shell.Run("Start-KubePortForward web-1 8080 -Cluster prod-eu").Of<KubePortForward>()).LocalPort;

        var error = Shell.Run($"Start-KubePortForward web-1 {port}:8080 -Cluster prod-us").Error;

        Assert.Equal("Kube.Conflict", error.Id());
        Assert.Contains($"prod-us: cannot listen on port {port} of 127.0.0.1: forward 1 has it (prod-eu/web/web-1:8080", $"{error}", StringComparison.Ordinal);
        Assert.Contains("Stop-KubePortForward 1", error.ErrorDetails!.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_port_for_several_clusters_is_an_error_with_the_way_out()
    {
        var run = Shell.Run("Start-KubePortForward web-1 8080:8080");

        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.Contains("-Cluster", run.Terminated!.ErrorDetails!.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Shell.Run("Get-KubePortForward").Output);
    }

    [Fact]
    public void A_target_that_is_not_there_is_an_error_of_each_cluster_and_the_others_start()
    {
        Fleet.Clusters[0].Store.Remove("services", "web", "api");

        var run = Shell.Run("Start-KubePortForward svc/api 80");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Equal("prod-eu", run.Error.Fault().Cluster!.ClusterName);
        Assert.Equal("prod-us", Assert.Single(run.Of<KubePortForward>()).ClusterName);
    }

    [Fact]
    public void Wildcards_that_fit_no_pod_are_told()
    {
        var run = Shell.Run("Start-KubePortForward nothing-* 80");

        Assert.Empty(run.Errors);
        Assert.Equal("No running pod fits 'nothing-*' on prod-eu and prod-us.", Assert.Single(run.Warnings));
    }

    [Fact]
    public void WhatIf_starts_nothing()
    {
        Assert.Empty(Shell.Run("Start-KubePortForward svc/api 80 -WhatIf").Output);

        Assert.Contains(Shell.Host.Lines, static line => line.Contains("prod-eu / svc/api", StringComparison.Ordinal));
        Assert.Empty(Shell.Run("Get-KubePortForward").Output);
    }

    [Fact]
    public void A_protected_cluster_is_not_asked_about_since_nothing_is_changed()
    {
        Assert.Empty(Shell.Run("Set-KubeCluster prod-eu -Protected").Errors);

        Assert.Equal(2, Shell.Run("Start-KubePortForward svc/api 80").Of<KubePortForward>().Count);
    }

    [Fact]
    public void A_call_that_is_stopped_leaves_nothing()
    {
        using var hole = Fleet.Clusters[1].Faults.Add(ClusterFault.NeverAnswer());
        using var running = Shell.Start("Start-KubePortForward web-1 8080");
        running.Until(static run => run.Output.Count == 1);
        var forward = Assert.IsType<KubePortForward>(running.Output[0]);

        running.Stop();

        Assert.Equal(ForwardState.Stopped, forward.State);
        Assert.Empty(Shell.Run("Get-KubePortForward").Output);
    }

    [Fact]
    public void A_pipeline_that_has_enough_keeps_what_it_was_given()
    {
        var first = Assert.Single(Shell.Run("Start-KubePortForward svc/api 80 | Select-Object -First 1").Of<KubePortForward>());

        Assert.Equal([first], Shell.Run("Get-KubePortForward").Of<KubePortForward>());
    }

    [Fact]
    public void A_forward_ends_with_the_selection_of_its_cluster()
    {
        var forwards = Shell.Run("Start-KubePortForward svc/api 80").Of<KubePortForward>();

        Assert.Empty(Shell.Run("Disconnect-KubeCluster prod-eu").Errors);

        Assert.Equal(ForwardState.Stopped, forwards.Single(static one => one.ClusterName == "prod-eu").State);
        Assert.Equal("prod-us", Assert.Single(Shell.Run("Get-KubePortForward").Of<KubePortForward>()).ClusterName);
    }

    [Fact]
    public void Forwards_end_with_the_module()
    {
        var forward = Shell.Run("Start-KubePortForward svc/api 80").Of<KubePortForward>()[0];

        Assert.Empty(Shell.Run("Remove-Module MultiCluster").Errors);

        Assert.Equal(ForwardState.Stopped, forward.State);
        using var socket = new TcpClient();
        Assert.Throws<SocketException>(() => socket.Connect("127.0.0.1", forward.LocalPort));
    }

    [Fact]
    public void Forwards_end_with_the_runspace()
    {
        var forward = Shell.Run("Start-KubePortForward svc/api 80").Of<KubePortForward>()[0];

        Shell.Runspace.Close();

        Assert.Equal(ForwardState.Stopped, forward.State);
    }

    [Theory]
    [InlineData("Start-KubePortForward svc/api 0", "Kube.Invalid")]
    [InlineData("Start-KubePortForward svc/api 80 -Address elsewhere", "Kube.Invalid")]
    [InlineData("Start-KubePortForward -Port 80", "Kube.Invalid")]
    public void What_makes_no_sense_ends_the_call(string script, string id)
    {
        var terminated = Shell.Run(script).Terminated!;

        Assert.Equal(id, terminated.Id());
        Assert.Equal(FaultPhase.Invalid, terminated.Fault().Phase);
    }

    private static int FreePort()
    {
        using var listener = LocalListener.Open(ListenAddresses.Loopback, 0);
        return listener.EndPoint.Port;
    }
}
