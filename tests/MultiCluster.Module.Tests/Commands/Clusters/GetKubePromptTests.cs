using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Clusters;

/// <summary>What a prompt says of the selection.</summary>
public sealed class GetKubePromptTests(SharedFleet shared)
{
    [Theory]
    [InlineData("", "")]
    [InlineData("prod-eu", "⎈ prod-eu ")]
    [InlineData("prod-*", "⎈ prod-eu,prod-us ")]
    [InlineData("*", "⎈ prod-eu +2 ")]
    public void Few_clusters_are_named_and_more_are_counted(string selection, string text)
    {
        using var shell = new Shell(shared.Fleet);
        if (selection.Length > 0)
            Ready(shell, selection);

        Assert.Equal(text, Prompt(shell));
    }

    [Theory]
    [InlineData("-Most 3", "⎈ prod-eu,prod-us,staging ")]
    [InlineData("-Symbol k8s", "k8s prod-eu +2 ")]
    [InlineData("-Symbol ''", "prod-eu +2 ")]
    public void How_many_are_named_and_what_it_begins_with_is_the_users(string parameters, string text)
    {
        using var shell = new Shell(shared.Fleet);
        Ready(shell, "*");

        Assert.Equal(text, Prompt(shell, parameters));
    }

    [Fact]
    public void The_namespace_is_said_where_it_is_that_of_all()
    {
        using var shell = new Shell(shared.Fleet);
        Ready(shell, "prod-*");

        shell.Run("Set-KubeNamespace web");
        Assert.Equal("⎈ prod-eu,prod-us:web ", Prompt(shell));

        shell.Run("Set-KubeNamespace other -Cluster prod-us");
        Assert.Equal("⎈ prod-eu,prod-us ", Prompt(shell));
    }

    [Theory]
    [InlineData(2, "⎈ prod-eu,prod-us! ")]
    [InlineData(1, "⎈ prod-eu +1! ")]
    public async Task A_cluster_that_is_not_ready_is_marked(int most, string text)
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Names = ["prod-eu", "prod-us"], Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["prod-us"].Faults.Add(ClusterFault.Unauthorized());
        using var shell = new Shell(fleet);

        shell.Run("Select-KubeCluster *");

        Assert.Equal(text, Prompt(shell, $"-Most {most}"));
    }

    [Fact]
    public async Task No_cluster_is_asked_and_none_is_waited_for()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Pods = 0 }, TestContext.Current.CancellationToken);
        fleet["sim-1"].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = new Shell(fleet);
        shell.Run("Select-KubeCluster * -NoConnect");
        var before = fleet["sim-1"].Requests.Count;

        Assert.Equal("⎈ sim-1? ", Prompt(shell));

        Assert.Equal(before, fleet["sim-1"].Requests.Count);
    }

    [Fact]
    public void A_name_from_a_file_reaches_the_terminal_as_plain_text_and_a_long_one_by_its_short_name()
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("strange", "staging", "bad\u001b[31m", "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod");

        shell.Run("Select-KubeCluster * -Kubeconfig ./strange -NoConnect");

        var text = Prompt(shell);
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains(",payments-prod?", text, StringComparison.Ordinal);
    }

    /// <summary>The best of several rounds each, in turns, so that a busy machine slows both or neither. A request, a file or a wait costs hundreds.</summary>
    [Fact]
    public void It_costs_as_much_as_a_few_cmdlets_that_do_nothing()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var ratio = Assert.IsType<double>(Assert.Single(shell.Run("""
            $rounds = foreach ($round in 1..20) {
                [pscustomobject]@{
                    Nothing = (Measure-Command { foreach ($i in 1..50) { $null = Get-KubeFanOut } }).Ticks
                    Prompt = (Measure-Command { foreach ($i in 1..50) { $null = Get-KubePrompt } }).Ticks
                }
            }
            ($rounds | Measure-Object Prompt -Minimum).Minimum / ($rounds | Measure-Object Nothing -Minimum).Minimum
            """).Output));

        Assert.True(ratio < 20, $"{ratio:0.0} times a cmdlet that does nothing");
    }

    /// <summary>Selected as a user would, so that all of them have answered.</summary>
    private static void Ready(Shell shell, string selection) => Assert.Empty(shell.Run($"Select-KubeCluster {selection}").Errors);

    private static string Prompt(Shell shell, string parameters = "") => Assert.Single(shell.Run($"Get-KubePrompt {parameters}").Of<string>());
}
