using System.Reflection;
using MultiCluster.Module.Tests.Views;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Values;

/// <summary>PowerShell takes nothing for less than anything: what may be missing is a time, of which that is never asked.</summary>
public sealed class MissingValueTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void A_pod_that_never_restarted_is_not_among_the_recently_restarted()
    {
        using var shell = sample.Open().Select("prod-eu");
        var run = shell.Run("""
            $pods = Get-KubeResource pod -A
            @($pods | Where-Object Restarts -eq 0).Count
            @($pods | Where-Object LastRestart -gt ([datetime]::Now.AddYears(-100)) | Where-Object Restarts -eq 0).Count
            @($pods | Where-Object LastRestart -gt ([datetime]::Now.AddYears(-100))).Count
            """);

        var counts = run.Of<int>();
        Assert.True(counts[0] > 0);
        Assert.Equal(0, counts[1]);
        Assert.True(counts[2] > 0);
    }

    [Fact]
    public void The_age_of_all_objects_is_the_only_one_that_may_be_missing()
    {
        var ages = typeof(KubeObject).Assembly.GetExportedTypes()
            .SelectMany(static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(static property => property.PropertyType == typeof(KubeAge?))
            .Select(static property => property.Name);

        Assert.Equal([nameof(KubeObject.Age), nameof(KubeEvent.LastSeenAge)], ages.Order());
    }

    [Fact]
    public void A_time_is_shown_as_an_age_also_of_what_was_saved()
    {
        using var shell = sample.Open().Select("prod-eu");
        const string Restarted = "Where-Object Restarts -gt 50 | Format-Table Name, State, Restarts, LastRestart";

        var saved = shell.Screen("Get-KubeResource pod -n payments | Export-Clixml pods.xml; Import-Clixml pods.xml | Where-Object Restarts -gt 50");

        Assert.Matches(@"CrashLoopBackOff +71 +\d+[ydhms]", saved);
        Assert.DoesNotMatch(@"CrashLoopBackOff +71 +\d+[ydhms]", shell.Screen($"Get-KubeResource pod -n payments | {Restarted}"));
    }
}
