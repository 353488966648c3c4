using System.Text.RegularExpressions;
using MultiCluster.Forwarding;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Forwarding;

/// <summary>The session's forwards: how they are shown, found and stopped.</summary>
public sealed partial class KubePortForwardTests : ForwardShell
{
    [Fact]
    public void A_table_of_forwards_fits_a_terminal_of_80_columns()
    {
        Shell.Run("Start-KubePortForward svc/api 80 -Cluster prod-eu");

        var screen = Port().Replace(Shell.Screen("Get-KubePortForward", 80), ":12345");

        Assert.Equal(
            """
            ClusterName        Id Target                Port Uri                    State
            -----------        -- ------                ---- ---                    -----
            prod-eu             1 service/api             80 http://127.0.0.1:12345 Ready
            """.ReplaceLineEndings("\n"),
            screen);
    }

    [Fact]
    public void A_list_shows_the_pod_and_the_counters()
    {
        Shell.Run("$null = Invoke-RestMethod (Start-KubePortForward svc/api 80 -Cluster prod-eu).Uri");

        var screen = Shell.Screen("Get-KubePortForward | Format-List", 80);

        foreach (var line in new[] { "Target +: service/api", "Pod +: web-1", "LocalAddress +: 127.0.0.1", "RemotePort +: 80", "PodPort +: 8080", "Connections +: 1", "BytesIn +: [1-9]", "BytesOut +: [1-9]" })
            Assert.Matches($"(?m)^{line}", screen);
    }

    [Theory]
    [InlineData("Get-KubePortForward 1", 1)]
    [InlineData("Get-KubePortForward 1, 3", 2)]
    [InlineData("Get-KubePortForward -Name svc/api", 2)]
    [InlineData("Get-KubePortForward -Name service/*", 2)]
    [InlineData("Get-KubePortForward -Name api", 2)]
    [InlineData("Get-KubePortForward -Name web-1", 4)]
    [InlineData("Get-KubePortForward -Cluster prod-eu", 2)]
    [InlineData("Get-KubePortForward -Cluster !prod-eu -Name svc/api", 1)]
    public void Forwards_are_found_by_number_name_and_cluster(string script, int count)
    {
        Shell.Run("$null = Start-KubePortForward svc/api 80; $null = Start-KubePortForward web-1 8080");

        var run = Shell.Run(script);

        Assert.Empty(run.Errors);
        Assert.Equal(count, run.Of<KubePortForward>().Count);
    }

    [Theory]
    [InlineData("Get-KubePortForward 9", "Kube.NotFound")]
    [InlineData("Get-KubePortForward -Name svc/nothing", "Kube.NotFound")]
    [InlineData("Get-KubePortForward -Cluster nowhere", "Kube.NotFound")]
    [InlineData("Stop-KubePortForward 9", "Kube.NotFound")]
    [InlineData("[pscustomobject]@{ Id = 9; ClusterId = 'x'; LocalPort = 1 } | Stop-KubePortForward", "Kube.NotFound")]
    public void What_is_not_there_is_an_error(string script, string id) => Assert.Equal(id, Shell.Run(script).Error.Id());

    [Theory]
    [InlineData("Stop-KubePortForward $one.Id")]
    [InlineData("Stop-KubePortForward -Name svc/api -Cluster prod-eu")]
    [InlineData("$one | Stop-KubePortForward")]
    [InlineData("$one | Select-Object * | Stop-KubePortForward")]
    [InlineData("$one.Stop()")]
    public void One_of_several_is_stopped(string script)
    {
        Shell.Run("$all = Start-KubePortForward svc/api 80; $one = $all | Where-Object ClusterName -eq prod-eu");

        Assert.Empty(Shell.Run(script).Errors);

        Assert.Equal("prod-us", Assert.Single(Shell.Run("Get-KubePortForward").Of<KubePortForward>()).ClusterName);
        Assert.Equal([ForwardState.Stopped], Shell.Run("$one.State").Output);
    }

    [Fact]
    public void All_are_stopped_by_the_pipeline_and_passed_through()
    {
        Shell.Run("$null = Start-KubePortForward svc/api 80");

        var stopped = Shell.Run("Get-KubePortForward | Stop-KubePortForward -PassThru").Of<KubePortForward>();

        Assert.Equal(2, stopped.Count);
        Assert.All(stopped, static forward => Assert.Equal(ForwardState.Stopped, forward.State));
        Assert.Empty(Shell.Run("Get-KubePortForward | Stop-KubePortForward").Errors);
    }

    [Fact]
    public void WhatIf_stops_nothing()
    {
        Shell.Run("$null = Start-KubePortForward svc/api 80");

        Shell.Run("Get-KubePortForward | Stop-KubePortForward -WhatIf");

        Assert.Equal(2, Shell.Run("Get-KubePortForward").Output.Count);
        Assert.Contains(Shell.Host.Lines, static line => line.Contains("prod-eu / web / service/api", StringComparison.Ordinal));
    }

    [Fact]
    public void Stopping_nothing_in_particular_is_an_error() => Assert.Equal("Kube.Invalid", Shell.Run("Stop-KubePortForward").Terminated!.Id());

    [Fact]
    public void Tab_offers_the_targets_ports_and_what_they_are()
    {
        Shell.Offers("Start-KubePortForward svc/api ", static ports =>
            ports.Select(static one => one.CompletionText).SequenceEqual(["'80'", "'9000'"]) && ports[0].ToolTip == "http of svc/api in prod-eu, prod-us");
        Shell.Offers("Start-KubePortForward web-1 ", static ports => ports.Select(static one => one.CompletionText).SequenceEqual(["'8080'"]));
        Shell.Offers("Start-KubePortForward svc/api 8080:8", static ports => ports.Select(static one => one.CompletionText).SequenceEqual(["'8080:80'"]));
    }

    [Fact]
    public void Tab_offers_the_sessions_forwards()
    {
        Shell.Run("$null = Start-KubePortForward svc/api 80 -Cluster prod-eu");

        var forward = Assert.Single(Shell.Offers("Stop-KubePortForward "));
        Assert.Equal("'1'", forward.CompletionText);
        Assert.StartsWith("prod-eu/web/service/api:80 at 127.0.0.1:", forward.ToolTip, StringComparison.Ordinal);
        Assert.Equal("service/api", Assert.Single(Shell.Offers("Stop-KubePortForward -Name ")).CompletionText);
    }

    [GeneratedRegex(@"(?<=127\.0\.0\.1):\d+")]
    private static partial Regex Port();
}
