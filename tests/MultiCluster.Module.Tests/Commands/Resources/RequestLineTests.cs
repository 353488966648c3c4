using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>What is said of requests, also where their answers are not read to the end.</summary>
public sealed class RequestLineTests(SharedFleet shared)
{
    [Theory]
    [InlineData("-First 1")]
    [InlineData("| Select-Object -First 1")]
    public void A_call_that_has_enough_has_told_of_its_request(string enough)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run($"Get-KubeResource pod -A -Verbose {enough}");

        Assert.Single(run.Of<KubePod>());
        Assert.Contains(run.Verbose, static line => line.StartsWith("prod-eu: GET ", StringComparison.Ordinal) && line.Contains("/api/v1/pods?limit=", StringComparison.Ordinal) && line.Contains(" 200 in ", StringComparison.Ordinal));
    }

    [Fact]
    public void Debug_asks_nobody_and_tells_of_requests_on_its_own_stream()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("Get-KubeResource pod -A -Debug");

        Assert.Empty(shell.Host.Questions);
        Assert.Null(run.Terminated);
        Assert.Equal(30, run.Of<KubePod>().Count);
        Assert.Empty(run.Verbose);
        Assert.Contains(run.Debug, static line => line.Contains(" 200 in ", StringComparison.Ordinal));
        Assert.Contains(run.Debug, static line => line.Contains("[User-Agent: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_beside_Debug_has_its_own_stream()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        var run = shell.Run("Get-KubeResource pod -A -Debug -Verbose");

        Assert.Empty(shell.Host.Questions);
        Assert.Contains(run.Verbose, static line => line.Contains(" 200 in ", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Debug, static line => line.Contains(" 200 in ", StringComparison.Ordinal));
    }
}
