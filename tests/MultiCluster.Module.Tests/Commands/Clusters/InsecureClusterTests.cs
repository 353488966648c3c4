using System.Text.Json;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

/// <summary>Clusters whose connection is not safe, and what a kubeconfig's addresses hold that nobody may see.</summary>
public sealed class InsecureClusterTests
{
    private const string Nobody = "http://127.0.0.1:9";

    [Fact]
    public void A_cluster_without_encryption_is_insecure_and_select_says_that_no_login_is_sent()
    {
        using var shell = Of(new() { ["server"] = Nobody }, new { token = "s3cret" });

        var run = shell.Run("Select-KubeCluster it -NoConnect");

        Assert.True(Assert.Single(run.Of<KubeCluster>()).Insecure);
        Assert.Equal($"it: the connection is not encrypted (http in {shell.Kubeconfig}); the kubeconfig's login is not sent.", Assert.Single(run.Warnings));
    }

    [Fact]
    public void A_login_may_be_allowed_for_this_machine_and_taken_back()
    {
        using var shell = Of(new() { ["server"] = Nobody }, new { token = "s3cret" });

        shell.Run("Set-KubeCluster it -AllowPlaintextLogin");
        Assert.EndsWith("the login is sent all the same, as its preference AllowPlaintextLogin says.", Assert.Single(shell.Run("Select-KubeCluster it -NoConnect").Warnings), StringComparison.Ordinal);

        shell.Run("Set-KubeCluster it -AllowPlaintextLogin:$false");
        Assert.EndsWith("is not sent.", Assert.Single(shell.Run("Select-KubeCluster it -NoConnect").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:9")]
    [InlineData("http://10.0.0.1")]
    public void It_may_be_allowed_for_no_other_address(string server)
    {
        using var shell = Of(new() { ["server"] = server }, new { token = "s3cret" });

        var run = shell.Run("Set-KubeCluster it -AllowPlaintextLogin");

        Guidance.Check(run.Terminated!, "Kube.Invalid", ["it", "https://"]);
    }

    [Fact]
    public void A_password_in_an_address_is_in_no_view_stream_or_property()
    {
        using var shell = Of(
            new() { ["server"] = "https://jane:s3cret@127.0.0.1:9/prefix", ["proxy-url"] = "http://jane:s3cret@127.0.0.1:9" }, new { });

        shell["known"] = Assert.Single(shell.Run("Get-KubeCluster").Of<KubeCluster>());
        var shown = shell.Run("""
            $known | Format-Table | Out-String; $known | Format-List * | Out-String; "$known"; $known | ConvertTo-Json -Depth 3; $known | Select-Object *
            Select-KubeCluster it -Verbose -Debug -ErrorAction Continue | Format-List * | Out-String
            Test-KubeCluster it | Format-List * | Out-String
            Get-KubeResource pod -Verbose -Debug
            Get-KubeClusterDiagnostic | Format-List * | Out-String
            Get-KubeFanOut | Format-List * | Out-String
            $Error | Get-Error | Out-String
            """);

        Assert.Contains("https://127.0.0.1:9/prefix", string.Join('\n', shown.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("jane", string.Join('\n', [.. shown.Output.Select(static o => $"{o}"), .. shown.Verbose, .. shown.Debug, .. shown.Errors.Select(static e => $"{e}")]), StringComparison.Ordinal);
        foreach (var completed in shell.Offers("Get-KubeResource pod -Cluster "))
            Assert.DoesNotContain("s3cret", completed.ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_in_what_adding_such_a_cluster_would_do()
    {
        using var shell = new Shell();

        shell.Run("Add-KubeCluster -Name it -Server https://jane:s3cret@127.0.0.1:9 -WhatIf; Add-KubeCluster -Name it -Server https://jane:s3cret@127.0.0.1:9; Add-KubeCluster -Name other -Server 'https://jane:s3cret/x@y' -ErrorAction SilentlyContinue");

        Assert.Contains("https://127.0.0.1:9", string.Join('\n', shell.Host.Lines), StringComparison.Ordinal);
        Assert.Equal("https://127.0.0.1:9", Assert.Single(shell.Run("Get-KubeCluster it").Of<KubeCluster>()).Server);
    }

    private static Shell Of(Dictionary<string, object> cluster, object user)
    {
        var shell = new Shell();
        File.WriteAllText(shell.Kubeconfig, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new[] { new { name = "it", cluster } },
            ["users"] = new[] { new { name = "it", user } },
            ["contexts"] = new[] { new { name = "it", context = new { cluster = "it", user = "it" } } },
        }));
        return shell;
    }
}
