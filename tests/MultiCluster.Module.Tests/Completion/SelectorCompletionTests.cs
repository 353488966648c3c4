using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Completion;

/// <summary>Selectors: keys and fields, and the values that they may have.</summary>
public sealed class SelectorCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Get-KubeResource pod -A -LabelSelector ap", "app")]
    [InlineData("Get-KubeResource pod -A -l app=storef", "'app=storefront'")]
    [InlineData("Get-KubeResource pod -A -l 'app!=storef", "'app!=storefront'")]
    [InlineData("Get-KubeResource pod -A -l 'app in (storef", "'app in (storefront)'")]
    [InlineData("Get-KubeResource pod -A -l 'app notin (other, storef", "'app notin (other, storefront)'")]
    [InlineData("Get-KubeResource pod -A -l 'tier=x,app=storef", "'tier=x,app=storefront'")]
    [InlineData("Get-KubeResource pod -A -l 'app in (a,b),ap", "'app in (a,b),app'")]
    [InlineData("Get-KubeResource pod -A -l '!ap", "'!app'")]
    [InlineData("Watch-KubeResource pod -A -l app=storef", "'app=storefront'")]
    [InlineData("Remove-KubeResource pod -A -l app=storef", "'app=storefront'")]
    [InlineData("Get-KubeLog -A -l app=storef", "'app=storefront'")]
    [InlineData("Invoke-KubeDrain -PodSelector app=storef", "'app=storefront'")]
    [InlineData("Suspend-KubeNode -l kubernetes.io/host", "kubernetes.io/hostname")]
    [InlineData("Get-KubeNamespace -l kubernetes.io/metadata.name=we", "'kubernetes.io/metadata.name=web'")]
    public void Labels_are_those_of_the_clusters_objects(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offer(line, expected);
    }

    [Theory]
    [InlineData("Get-KubeResource pod -FieldSelector status.ph", "status.phase")]
    [InlineData("Get-KubeResource po -FieldSelector status.phase=Ru", "'status.phase=Running'")]
    [InlineData("Get-KubeResource pod -FieldSelector 'status.phase!=Ru", "'status.phase!=Running'")]
    [InlineData("Get-KubeResource pod -FieldSelector spec.nodeName=node-", "'spec.nodeName=node-1'")]
    [InlineData("Get-KubeResource pod -FieldSelector 'spec.nodeName=node-1,status.ph", "'spec.nodeName=node-1,status.phase'")]
    [InlineData("Get-KubeResource pod -A -FieldSelector metadata.namespace=we", "'metadata.namespace=web'")]
    [InlineData("Get-KubeResource node -FieldSelector metadata.name=node-", "'metadata.name=node-1'")]
    [InlineData("Get-KubeResource service -FieldSelector spec.type=Cl", "'spec.type=ClusterIP'")]
    [InlineData("Get-KubeResource widget -FieldSelector meta", "metadata.name")]
    [InlineData("Remove-KubeResource secret -FieldSelector type=Op", "'type=Opaque'")]
    [InlineData("Watch-KubeResource ev -FieldSelector type=War", "'type=Warning'")]
    [InlineData("Get-KubeLog -FieldSelector status.phase=Ru", "'status.phase=Running'")]
    public void Fields_are_those_that_a_server_selects_by(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offer(line, expected);
    }

    [Theory]
    [InlineData("status.")]
    [InlineData("spec.")]
    public void A_kind_is_offered_no_field_that_it_cannot_be_selected_by(string word)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        Assert.Empty(shell.Complete($"Get-KubeResource configmap -FieldSelector {word}"));
    }

    [Theory]
    [InlineData("Get-KubeEvent -A -Reason Fai", "FailedScheduling")]
    [InlineData("Watch-KubeEvent -Reason Backo", "BackOff")]
    [InlineData("Get-KubeEvent -Reason Pulled, Ev", "Evicted")]
    public void Reasons_are_those_seen_and_the_common_ones(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        shell.Offer(line, expected);
    }

    [Fact]
    public void Each_reason_is_offered_once()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var offers = shell.Offers("Get-KubeEvent -A -Reason ", static offers => offers.Any(static offer => offer.ToolTip.StartsWith("in prod", StringComparison.Ordinal)));

        Assert.Equal(offers.Select(static offer => offer.CompletionText).Distinct(), offers.Select(static offer => offer.CompletionText));
    }

    [Fact]
    public void Without_a_selection_nothing_is_asked_and_no_files_are_offered()
    {
        using var shell = new Shell(shared.Fleet);
        File.WriteAllText(shell.File("app"), "");

        foreach (var line in new[] { "Get-KubeResource pod -LabelSelector ap", "Get-KubeResource pod -ClusterId ap", "Get-KubeEvent -Reason ap", "Get-KubeResource pod ap", "Get-KubeResource pod -FieldSelector ap" })
            Assert.Empty(shell.Complete(line));
    }

    [Fact]
    public void Ids_are_those_of_the_selected_clusters()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        Assert.Equal(["sandbox:prod-eu", "sandbox:prod-us"], shell.Offers("Get-KubeResource pod -ClusterId ").Select(static offer => offer.CompletionText));
    }
}
