using System.Text.Json;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Reports;

/// <summary>Export-KubeReport as users type it.</summary>
public sealed class ExportKubeReportTests(SharedFleet shared)
{
    [Fact]
    public void A_report_of_the_selection_has_its_clusters_charts_and_findings()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("$file = Export-KubeReport ./fleet.html -Title 'Fleet <1>' -PassThru; $file.Name; Get-Content -Raw $file");

        Assert.Empty(run.Errors);
        Assert.Equal("fleet.html", run.Of<string>()[0]);
        var html = run.Of<string>()[1];
        Assert.Contains("<h1>Fleet &lt;1&gt;</h1>", html, StringComparison.Ordinal);
        foreach (var title in new[] { "At a glance", "Clusters", "CPU by cluster", "Memory by cluster", "Pods by state", "Versions", "Findings" })
            Assert.Contains($">{title}</h2>", html, StringComparison.Ordinal);
        Assert.Contains("2 of 2", html, StringComparison.Ordinal);
        Assert.DoesNotContain("staging", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_in_the_report_and_an_error()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 3 }, TestContext.Current.CancellationToken);
        fleet["sim-2"].Faults.Add(ClusterFault.Unauthorized());
        using var shell = new Shell(fleet).Select("*");

        var run = shell.Run("Export-KubeReport ./fleet.json; Get-Content -Raw ./fleet.json");

        Assert.Equal("Kube.Unauthorized", run.Error.Id());
        using var json = JsonDocument.Parse(run.Of<string>()[0]);
        var sections = json.RootElement.GetProperty("sections").EnumerateArray().ToDictionary(static section => section.GetProperty("title").GetString()!);
        Assert.Equal("1 of 2", sections["At a glance"].GetProperty("figures").GetProperty("Clusters that answer").GetString());
        Assert.Equal(2, sections["Clusters"].GetProperty("rows").GetArrayLength());
        Assert.Equal("sim-2", sections["What could not be read"].GetProperty("rows")[0].GetProperty("Cluster").GetString());
    }

    [Theory]
    [InlineData("Get-KubePod -AllNamespaces -First 3", "pods", 3)]
    [InlineData("Get-KubePod -AllNamespaces | Group-Object ClusterName | Select-Object Count, Name", "Rows", 2)]
    [InlineData("Get-KubeOverview", "Clusters", 2)]
    [InlineData("Get-KubeFanOut -Last 1", "Fan out report", 1)]
    public void What_is_piped_in_is_what_is_reported(string script, string title, int rows)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        shell.Run("Get-KubeNode | Out-Null");

        var run = shell.Run($"{script} | Export-KubeReport ./piped.json; Get-Content -Raw ./piped.json");

        Assert.Empty(run.Errors);
        using var json = JsonDocument.Parse(run.Of<string>()[0]);
        var section = json.RootElement.GetProperty("sections").EnumerateArray().Single(one => one.GetProperty("title").GetString() == title);
        Assert.Equal(rows, section.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void Clusters_that_are_piped_in_are_those_that_are_asked()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("Get-KubeCluster prod-us -Selected | Export-KubeReport ./one.md; Get-Content -Raw ./one.md");

        Assert.Empty(run.Errors);
        Assert.Contains("| prod-us |", run.Of<string>()[0], StringComparison.Ordinal);
        Assert.DoesNotContain("prod-eu", run.Of<string>()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void As_csv_each_table_is_a_file()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run("Export-KubeReport ./fleet.csv -PassThru | ForEach-Object Name; @(Import-Csv ./fleet-clusters.csv).Count");

        Assert.Empty(run.Errors);
        Assert.Equal(["fleet-clusters.csv", "fleet-findings.csv"], run.Of<string>());
        Assert.Equal([2], run.Of<int>());
    }

    [Fact]
    public void A_file_that_is_there_is_kept_where_that_is_asked_for_and_one_that_cannot_be_written_is_named()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("'mine' > ./mine.html; Export-KubeReport ./mine.html -NoClobber; Export-KubeReport ./nowhere/x.html; Export-KubeReport ./what.html -WhatIf; Test-Path ./what.html; Get-Content ./mine.html");

        Assert.Equal(["Kube.Invalid", "Kube.Invalid"], run.Errors.Select(static error => error.Id()));
        Assert.Contains("nowhere", run.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Equal([false], run.Of<bool>());
        Assert.Equal(["mine"], run.Of<string>());
    }
}
