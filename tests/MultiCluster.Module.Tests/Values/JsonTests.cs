using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Values;

/// <summary>Objects as JSON of PowerShell's.</summary>
public sealed class JsonTests(SharedFleet shared)
{
    [Fact]
    public void Metadata_spec_and_status_of_every_kind_are_as_the_server_has_them()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            function Compact($part) { $part | ConvertTo-Json -Depth 40 -Compress }
            foreach ($kind in (Get-KubeApiResource | Where-Object { $_.Verbs -contains 'list' }).Name | Sort-Object -Unique) {
                foreach ($item in Get-KubeResource $kind -AllNamespaces -First 2) {
                    $json = $item | ConvertTo-Json -Depth 40 | ConvertFrom-Json
                    $own = $item.ToJson() | ConvertFrom-Json
                    foreach ($part in 'metadata', 'spec', 'status') {
                        if ((Compact $json.$part) -cne (Compact $own.$part)) { throw "$kind $part $(Compact $json.$part) $(Compact $own.$part)" }
                    }

                    "$kind $($json.clusterName) $($json.clusterId -eq $item.ClusterId -and $json.kind -eq $item.Kind -and $json.apiVersion -eq $item.ApiVersion)"
                }
            }
            """);

        Assert.Null(run.Terminated);
        Assert.Empty(run.Warnings);
        Assert.True(run.Output.Distinct().Count() > 15, string.Join(", ", run.Output));
        Assert.All(run.Output, static line => Assert.EndsWith(" prod-eu True", $"{line}", StringComparison.Ordinal));
    }

    [Fact]
    public void Paths_lead_where_they_lead_in_the_object()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            $pod = Get-KubeResource pod -AllNamespaces -First 1
            $json = $pod | ConvertTo-Json -Depth 20 -AsArray -Compress | ConvertFrom-Json
            $json[0].metadata.name -eq $pod.Name
            $json[0].spec.containers[0].image -eq $pod.Images[0]
            $json[0].spec.containers[0].resources.requests.cpu -eq "$($pod.Spec.containers[0].resources.requests.cpu)"
            $json[0].Age.TotalSeconds -gt 0 -and @($json[0].Age.PSObject.Properties).Count -eq 1
            """);

        Assert.Equal([true, true, true, true], run.Output);
    }

    [Fact]
    public void Where_the_depth_ends_it_is_cut_as_PowerShell_cuts_and_warned_of()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("$pod = Get-KubeResource pod -AllNamespaces -First 1; ($pod | ConvertTo-Json -Depth 2 | ConvertFrom-Json).Spec.containers[0]");

        Assert.Contains("truncated", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.StartsWith("@{name=", Assert.Single(run.Of<string>()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Secrets_values_are_masked()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            foreach ($secret in Get-KubeResource secret -AllNamespaces | Where-Object DataCount) {
                $json = $secret | ConvertTo-Json -Depth 20
                foreach ($key in $secret.Data.Keys) { $json.Contains($secret.Data[$key]) }
            }
            """);

        Assert.Equal([false], run.Output.Distinct());
    }
}
