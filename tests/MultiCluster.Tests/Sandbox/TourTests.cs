using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Commands;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The guided tour, run as it is.</summary>
public sealed partial class TourTests(TourTests.Run tour) : IClassFixture<TourTests.Run>
{
    [Theory]
    [InlineData("dev: cannot list deployments in namespace web: Unauthorized")]
    [InlineData("edge-1: cannot list deployments in namespace web: no answer within 2 s")]
    public void A_cluster_that_fails_is_named_with_advice(string message)
    {
        var line = Array.FindIndex(tour.Lines, text => text.StartsWith($"Get-KubeResource: {message}", StringComparison.Ordinal));
        Assert.True(line >= 0, tour.Text);
        Assert.StartsWith("  Recommendation: ", tour.Lines[line + 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prod-eu")]
    [InlineData("prod-us")]
    [InlineData("staging")]
    public void A_healthy_cluster_answers_beside_those_that_fail(string cluster)
    {
        var answer = tour.After("storefront* -Namespace web -TimeoutSec 2");
        Assert.Matches($@"(?m)^\s+{cluster}\s+web\s+storefront\s+\d+/\d+", answer);
        Assert.Contains("3 of 5 clusters answered", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_clusters_are_known_and_three_are_selected()
    {
        Assert.Equal(5, NotSelected().Count(tour.Text));
        Assert.Equal(3, Ready().Count(tour.After("Select-KubeCluster prod-*, staging")));
    }

    [Fact]
    public void Pods_are_counted_by_cluster_and_state() =>
        Assert.Matches(@"(?m)^\s+\d+\s+prod-us, CrashLoopBackOff\s*$", tour.After("Group-Object ClusterName, State"));

    [Fact]
    public void A_custom_kind_has_its_servers_columns() =>
        Assert.Matches(@"ClusterName\s+Namespace\s+Name\s+Ready\s+Secret\s+Issuer\s+Age", tour.After("Get-KubeResource certificates"));

    [Fact]
    public void The_report_has_a_row_for_each_cluster()
    {
        var report = tour.After("Get-KubeFanOut | ");
        Assert.Equal(3, Regex.Count(report, @"\bAnswered\b"));
        Assert.Matches(@"dev\s+Failed\s+0\s.*Unauthorized", report);
        Assert.Matches(@"edge-1\s+Failed\s+0\s.*Timeout", report);
    }

    [Fact]
    public void A_plain_tour_has_no_escape_sequences() => Assert.DoesNotContain('\e', tour.Text);

    [GeneratedRegex(@"\bNotSelected\b")]
    private static partial Regex NotSelected();

    [GeneratedRegex(@"\bReady\b")]
    private static partial Regex Ready();

    public sealed class Run : IAsyncLifetime
    {
        public string Text { get; private set; } = "";

        public string[] Lines => Text.Split('\n');

        public async ValueTask InitializeAsync()
        {
            using var output = new StringWriter();
            await TourCommand.RunAsync(output, plain: true, TestContext.Current.CancellationToken);
            Text = output.ToString().ReplaceLineEndings("\n");
        }

        /// <summary>What the tour shows between a command and the next.</summary>
        public string After(string command)
        {
            var start = Text.IndexOf(command, StringComparison.Ordinal);
            Assert.True(start >= 0, Text);
            var end = Text.IndexOf("\nPS>", start, StringComparison.Ordinal);
            return end < 0 ? Text[start..] : Text[start..end];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
