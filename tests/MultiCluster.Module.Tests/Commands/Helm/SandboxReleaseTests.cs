using MultiCluster.Comparing;
using MultiCluster.Helm;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Helm;

/// <summary>What Helm has installed in the simulated clusters that everybody starts with: prod-us is behind.</summary>
public sealed class SandboxReleaseTests(SharedFleet shared)
{
    [Fact]
    public void A_cluster_with_another_chart_and_a_failed_upgrade_are_seen_in_the_list()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeHelmRelease -A");

        Assert.Empty(run.Errors);
        Assert.Equal(
            [
                "prod-eu cert-manager-v1.16.2 2 deployed", "prod-eu ingress-nginx-4.11.3 2 deployed", "prod-eu storefront-1.8.0 5 deployed",
                "prod-us cert-manager-v1.16.2 2 deployed", "prod-us ingress-nginx-4.10.1 1 deployed", "prod-us storefront-1.9.0 4 failed",
                "staging cert-manager-v1.16.2 2 deployed", "staging ingress-nginx-4.11.3 2 deployed", "staging storefront-1.8.0 5 deployed",
            ],
            run.Of<KubeHelmRelease>().Select(static one => $"{one.ClusterName} {one.Chart} {one.Revision} {one.State}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_history_has_the_upgrade_that_failed_and_was_taken_back()
    {
        using var shell = Open();

        var history = shell.Run("Get-KubeHelmRelease storefront -n web -Cluster prod-eu -History").Of<KubeHelmRelease>();

        Assert.Equal(
            ["1 superseded Install complete", "2 superseded Upgrade complete", "3 superseded Upgrade complete", "4 failed Upgrade \"storefront\" failed: context deadline exceeded", "5 deployed Rollback to 3"],
            history.Select(static one => $"{one.Revision} {one.State} {one.Description}"));
        Assert.Equal(history.Select(static one => one.Updated).Order(), history.Select(static one => one.Updated));
    }

    [Fact]
    public void Values_and_manifest_are_there()
    {
        using var shell = Open();

        var release = shell.Run("Get-KubeHelmRelease storefront -n web -Cluster prod-eu -Values -Manifest").Of<KubeHelmRelease>().Single();

        Assert.Equal(("10m", 4L), (((dynamic)release.Values!["cache"]!)["ttl"], release.Values["replicaCount"]));
        Assert.Contains("image: registry.example.com/storefront:1.8.2", release.Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void Releases_of_one_name_are_compared_and_the_odd_cluster_is_named()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeHelmRelease -A | Compare-KubeResource");

        Assert.Empty(run.Errors);
        Assert.Equal(
            [
                "ingress-nginx/ingress-nginx chartVersion 4.11.3 4.10.1", "ingress-nginx/ingress-nginx appVersion 1.11.3 1.10.1", "ingress-nginx/ingress-nginx revision 2 1",
                "web/storefront chartVersion 1.8.0 1.9.0", "web/storefront appVersion 1.8.2 1.9.0", "web/storefront state deployed failed", "web/storefront revision 5 4",
            ],
            run.Of<KubeDifference>().Select(static row => $"{row.Namespace}/{row.Name} {row.Path} {row.Majority} {row.Odd.Single(static one => one.ClusterName == "prod-us").Text}"));
        Assert.All(run.Of<KubeDifference>(), static row => Assert.Equal("HelmRelease", row.Kind));
    }

    [Fact]
    public void Values_are_compared_where_they_were_read_and_secret_ones_are_never_shown()
    {
        using var shell = Open();

        var run = shell.Run("$rows = Get-KubeHelmRelease storefront -n web -Values -Manifest | Compare-KubeResource -Path values, manifest; $rows; ($rows | ConvertTo-Json -Depth 9), ($rows | Format-List * | Out-String -Width 500)");

        var rows = run.Of<KubeDifference>().ToDictionary(static row => row.Path);
        Assert.Equal(["4", "2", "4"], rows["values.replicaCount"].Values.Select(static value => value.Text));
        Assert.Equal("10m", rows["values.cache.ttl"].Majority);
        Assert.Equal(3, rows["values.cache.auth.password"].Values.Select(static value => value.Text).Distinct().Count());
        Assert.All(rows["values.cache.auth.password"].Values, static value => Assert.StartsWith("•••• (19 bytes) #", value.Text, StringComparison.Ordinal));
        Assert.StartsWith("••••", rows["manifest"].Values[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pw-", string.Concat(run.Of<string>()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_a_column_for_each_cluster()
    {
        using var shell = Open();

        var lines = shell.Screen("Get-KubeHelmRelease ingress-nginx -A | Compare-KubeResource", 80).Split('\n');

        Assert.Matches("^Path +prod-eu +prod-us +staging *$", lines[0]);
        Assert.Matches(@"^chartVersion +4\.11\.3 +\* 4\.10\.1 +4\.11\.3 *$", lines[2]);
    }

    [Fact]
    public void A_release_whose_payload_was_not_read_is_an_error_and_not_called_missing()
    {
        using var shell = Open();

        var run = shell.Run("@(Get-KubeHelmRelease ingress-nginx -A -Cluster prod-eu, staging) + @(Get-KubeHelmRelease ingress-nginx -A -Cluster prod-us -MetadataOnly) + @(Get-KubeHelmRelease cert-manager -A) | Compare-KubeResource");

        Assert.Contains("was not read", run.Error.Fault().Message, StringComparison.Ordinal);
        Assert.Empty(run.Of<KubeDifference>());
    }

    [Fact]
    public void A_row_of_a_file_is_no_release_and_the_error_says_how_to_read_it()
    {
        using var shell = Open();

        var run = shell.Run("Get-KubeHelmRelease cert-manager -A | Export-Clixml releases.xml; Import-Clixml releases.xml | Compare-KubeResource");

        Assert.All(run.Errors, static error => Assert.Contains("Get-KubeHelmRelease", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal));
        Assert.Equal((3, 0), (run.Errors.Count, run.Output.Count));
        Assert.Empty(shell.Run("Import-Clixml releases.xml | Get-KubeHelmRelease | Compare-KubeResource").Errors);
    }

    private Shell Open() => new Shell(shared.Fleet).Select("*");
}
