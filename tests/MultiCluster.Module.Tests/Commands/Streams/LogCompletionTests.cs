using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Streams;

/// <summary>What Tab offers for Get-KubeLog. A first answer may come too late for its Tab; it is there for the next.</summary>
public sealed class LogCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("", "-")]
    [InlineData("deployment/", "deployment/")]
    [InlineData("-Container ", "")]
    public void Pods_what_has_pods_and_containers_are_offered(string line, string part)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Eventually.True(
            () => shell.Complete($"Get-KubeLog -Namespace web {line}") is { Count: > 0 } offers && offers.All(offer => offer.CompletionText.Contains(part, StringComparison.Ordinal)),
            "Nothing is offered.");
    }
}
