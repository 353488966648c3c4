using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Logs;

/// <summary>What Tab offers for Get-KubeLog.</summary>
public sealed class LogCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("", "storefront-")]
    [InlineData("deployment/", "deployment/storefront")]
    [InlineData("-Container ", "storefront")]
    public void Pods_what_has_pods_and_containers_are_offered(string line, string begins)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        shell.Offers($"Get-KubeLog -Namespace web {line}", offers => offers.Any(offer => offer.CompletionText.StartsWith(begins, StringComparison.Ordinal)));
    }
}
