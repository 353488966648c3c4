using System.Text.RegularExpressions;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The whole tour, into a pipe, of a user who has a kubeconfig, preferences and a profile.</summary>
public sealed class TourTests(TourTests.Run tour) : IClassFixture<TourTests.Run>
{
    [Fact]
    public void It_ends_well_and_says_how_long_it_took()
    {
        Assert.Equal((0, ""), (tour.Result.ExitCode, tour.Result.Error));
        Assert.Matches(@"\nThe 5 clusters took \d+\.\d s to start, the whole tour \d+\.\d s\.\n$", tour.Result.Output);
    }

    [Fact]
    public void A_command_is_followed_by_the_table_that_PowerShell_makes_of_its_objects()
    {
        Assert.Matches(@"(?m)^ClusterName +State .*\n-----------+ +-----.*\nprod-eu +Ready", tour.After("Select-KubeCluster prod-*"));
        Assert.Matches(@"\nCount Name\n----- ----\n +\d+ prod-eu\n +\d+ prod-us\n +\d+ staging\n", tour.After("Group-Object ClusterName"));
        Assert.Matches(@"\nClusterName +Namespace +Name .*Color.* +Age *\n", tour.After("Get-KubeResource widgets"));
    }

    [Fact]
    public void An_error_is_shown_as_PowerShell_shows_it_beside_the_objects_of_the_others()
    {
        var answer = tour.After("-TimeoutSec 2");
        Assert.Equal(3, Regex.Count(answer, @"(?m)^(prod-eu|prod-us|staging) +web +storefront "));
        Assert.Matches(@"\nGet-KubeResource: dev: cannot .*: Unauthorized\.\n  Recommendation: ", answer);
        Assert.Matches(@"\nGet-KubeResource: edge-1: cannot .*: no answer within 2 s\.\n  Recommendation: ", answer);
    }

    [Fact]
    public void A_watch_is_stopped_by_Ctrl_C() => Assert.Matches(@"(?m)^staging .*/storefront-canary-.*(\n.+)*\n\^C\n", tour.After("Watch-KubeResource"));

    [Fact]
    public void The_report_has_a_row_for_each_cluster()
    {
        var report = tour.After("Get-KubeFanOut");
        Assert.Equal(3, Regex.Count(report, @"\bAnswered\b"));
        Assert.Matches(@"(?m)^dev +Failed +0 .*Unauthorized", report);
        Assert.Matches(@"(?m)^edge-1 +Failed +0 .*Timeout", report);
    }

    [Fact]
    public void Into_a_pipe_it_is_plain_text_of_120_columns()
    {
        Assert.DoesNotContain('\e', tour.Result.Output);
        Assert.InRange(tour.Result.Output.Split('\n').Where(line => !line.StartsWith("PS> ", StringComparison.Ordinal)).Max(line => line.Length), 81, 120);
    }

    [Fact]
    public void The_users_own_folders_are_neither_read_nor_written()
    {
        Assert.Equal(5, Regex.Count(tour.After("Get-KubeCluster\n"), @"\bNotSelected\b"));
        Assert.Equal(tour.Home, tour.HomeAfter);
        Assert.Empty(tour.Temporary);
    }

    public sealed class Run : IAsyncLifetime
    {
        internal SandboxResult Result { get; private set; } = null!;

        public IReadOnlyList<string> Home { get; private set; } = [];

        public IReadOnlyList<string> HomeAfter { get; private set; } = [];

        public IReadOnlyList<string> Temporary { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await using var sandbox = new SandboxProcess();
            sandbox.Write("home/.kube/config", """
                {"clusters": [{"name": "mine", "cluster": {"server": "https://127.0.0.1:1"}}], "users": [{"name": "me", "user": {"token": "s3cret"}}],
                 "contexts": [{"name": "mine", "context": {"cluster": "mine", "user": "me"}}]}
                """);
            sandbox.Write("home/.config/powershell/profile.ps1", "throw 'the profile'");
            Home = Entries(sandbox.Home);
            sandbox.Start([.. SandboxProcess.Program, "tour"]);
            Result = await sandbox.EndAsync();
            HomeAfter = Entries(sandbox.Home);
            Temporary = Entries(sandbox.Temporary);
        }

        /// <summary>What the tour shows between a command and the next.</summary>
        public string After(string command)
        {
            var start = Result.Output.IndexOf(command, StringComparison.Ordinal);
            Assert.True(start >= 0, Result.Output + Result.Error);
            var end = Result.Output.IndexOf("\nPS> ", start, StringComparison.Ordinal);
            return end < 0 ? Result.Output[start..] : Result.Output[start..end];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static List<string> Entries(string folder) =>
            [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }
}
