using MultiCluster.Attention;
using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Attention;

/// <summary>Get-KubeAttention as users type it.</summary>
public sealed class GetKubeAttentionTests(SharedFleet shared)
{
    [Fact]
    public void Which_clusters_have_crash_loops_now_is_one_pipeline()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Equal(["prod-eu", "prod-us", "staging"], shell.Run("Get-KubeAttention CrashLoop | Select-Object -Unique -ExpandProperty ClusterName | Sort-Object").Output);
    }

    [Fact]
    public void A_finding_leads_to_its_pod_in_its_cluster()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("$found = Get-KubeAttention CrashLoop -Cluster prod-us; $found; $found | Get-KubeResource; $found | Get-KubeLog -Tail 1");

        var found = Assert.Single(run.Of<KubeFinding>());
        Assert.Equal((found.ClusterName, found.Namespace, found.Name), run.Of<KubePod>().Select(static pod => (pod.ClusterName, pod.Namespace, pod.Name)).Single());
        Assert.All(run.Of<KubeLogLine>(), line => Assert.Equal(found.Name, line.Pod));
        Assert.NotEmpty(run.Of<KubeLogLine>());
        Assert.Equal([found.Name], shell.Run("$found | Export-Csv found.csv; Import-Csv found.csv | Get-KubeResource | ForEach-Object Name").Output);
    }

    [Fact]
    public async Task A_finding_about_the_cluster_itself_leads_to_no_object()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        using var shell = new Shell(fleet).Select("*");
        shell["finding"] = new KubeFinding { ClusterId = shell.Selected[0].ClusterId, ClusterName = "sim-1", Severity = FindingSeverity.Error, Rule = "LoginCertificate", Reason = "It has expired." };

        var run = shell.Run("$finding | Get-KubeResource pod");

        Assert.Empty(run.Output);
        Assert.Equal(FaultPhase.Invalid, run.Error.Fault().Phase);
    }

    [Fact]
    public void A_rule_that_is_none_ends_it()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Contains("there is no rule 'Crash'", $"{shell.Run("Get-KubeAttention Crash").Terminated}", StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_completed_with_what_they_find()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var offer = Assert.Single(shell.Offers("Get-KubeAttention -Rule Cra"));

        Assert.Equal(("CrashLoop", "a container crashes again and again"), (offer.CompletionText, offer.ToolTip));
        Assert.Contains(shell.Offers("Get-KubeAttention -Severity "), static one => one.CompletionText == "Warning");
    }

    [Fact]
    public void What_is_ignored_is_kept_listed_and_dropped_with_the_clusters_preferences()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("""
            Set-KubeCluster prod-* -IgnoreFinding CrashLoop, 'Pending:web/*'
            (Get-KubeCluster prod-eu).IgnoreFinding
            Get-KubeAttention CrashLoop | ForEach-Object ClusterName
            (Get-KubeAttention CrashLoop -IncludeIgnored).Count
            Set-KubeCluster prod-* -IgnoreFinding @()
            (Get-KubeAttention CrashLoop).Count
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(["CrashLoop", "Pending:web/*", "staging", 3, 3], run.Output);
    }

    [Fact]
    public void Only_rules_that_exist_are_ignored()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Contains("there is no rule 'Crash'", $"{shell.Run("Set-KubeCluster prod-eu -IgnoreFinding Crash").Terminated}", StringComparison.Ordinal);
    }

    [Fact]
    public void Its_table_decides_in_80_columns()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var screen = shell.Screen("Get-KubeAttention CrashLoop, ImagePull", 80).Split('\n');

        Assert.Equal("ClusterName       Severity Object                  Since Reason", screen[0]);
        Assert.All(screen, static line => Assert.InRange(line.Length, 0, 80));
    }
}
