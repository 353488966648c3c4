using MultiCluster.Clusters;
using MultiCluster.Terminal;

namespace MultiCluster.Tests.Clusters;

/// <summary>What clusters are called where room is short.</summary>
public sealed class ShortNamesTests
{
    [Theory]
    [InlineData("prod-eu|staging", "prod-eu|staging")]
    [InlineData("arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-1|arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-2", "payments-prod-1|payments-prod-2")]
    [InlineData("admin@kube-test-21440|admin@kube-test-21450", "kube-test-21440|kube-test-21450")]
    [InlineData("gke_my-project-123_europe-west1-b_payments|gke_my-project-123_europe-west1-b_checkout", "payments|checkout")]
    [InlineData("arn:aws:eks:eu-central-1:123456789012:cluster/payments|arn:aws:eks:us-east-1:123456789012:cluster/payments", "eu…payments|us…payments")]
    [InlineData("arn:aws:eks:eu-central-1:123456789012:cluster/payments|arn:aws:eks:eu-west-1:123456789012:cluster/payments", "central…payments|west…payments")]
    [InlineData("arn:aws:eks:eu-central-1:123456789012:cluster/payments|arn:aws:eks:eu-central-1:993456789012:cluster/payments", "123…9012…payments|993…9012…payments")]
    [InlineData("arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-2|arn:aws:eks:us-east-1:123456789012:cluster/payments-prod-2", "eu…prod-2|us-east-1…prod-2")]
    [InlineData("prod.k8s.example.company.com|stage.k8s.example.company.com", "prod|stage")]
    [InlineData("payments|arn:aws:eks:eu-central-1:123456789012:cluster/payments", "payments|cluster/payments")]
    public void A_name_is_shown_by_what_tells_it_from_the_others(string names, string expected)
    {
        var all = names.Split('|');
        var shown = ShortNames.Of(all);

        Assert.Equal(expected, string.Join('|', all.Select(name => shown[name])));
    }

    [Fact]
    public void It_follows_from_the_set_and_not_from_the_order()
    {
        var shown = ShortNames.Of(LookAlikes);

        Assert.Equal(shown.OrderBy(static pair => pair.Key, StringComparer.Ordinal), ShortNames.Of(LookAlikes.Reverse()).OrderBy(static pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_are_called_the_same_and_all_fit()
    {
        var shown = ShortNames.Of(LookAlikes);

        Assert.Equal(LookAlikes.Length, shown.Values.Distinct(StringComparer.Ordinal).Count());
        Assert.All(shown.Values, static name => Assert.InRange(TerminalCells.Width(name), 0, ShortNames.Width));
        Assert.All(shown.Values, static name => Assert.True(TerminalText.IsPlainLine(name), name));
    }

    [Fact]
    public void One_that_has_a_short_name_keeps_it_and_no_other_takes_it()
    {
        const string Other = "arn:aws:eks:us-east-1:123456789012:cluster/payments";

        var shown = ShortNames.Of(["arn:aws:eks:eu-central-1:123456789012:cluster/payments", Other], new Dictionary<string, string> { [Other] = "payments" });

        Assert.Equal("payments", shown[Other]);
        Assert.Equal("eu…payments", shown["arn:aws:eks:eu-central-1:123456789012:cluster/payments"]);
    }

    [Fact]
    public void Five_hundred_ARNs_are_told_apart()
    {
        var names = Enumerable.Range(0, 500).Select(static number => $"arn:aws:eks:eu-central-1:{100000000000 + (number % 50)}:cluster/team-{number / 50}-production-cluster").ToArray();

        Assert.Equal(500, ShortNames.Of(names).Values.Distinct(StringComparer.Ordinal).Count());
    }

    private static readonly string[] LookAlikes =
    [
        "", "a", "prod", "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-1", "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-2",
        "arn:aws:eks:us-east-1:123456789012:cluster/payments-prod-1", "arn:aws:eks:us-east-1:993456789012:cluster/payments-prod-1",
        "admin@kube-test-21440", "admin@kube-test-21450", "user@kube-test-21450", "prod/", "arn:aws:eks:eu-central-1:123456789012:cluster/",
        new string('a', 253), new string('a', 252) + "b", "b" + new string('a', 252), "\e[31mred\e[0m cluster", "\e[32mred\e[0m cluster", "one\ntwo three four five",
        "支払い-ゲートウェイ-本番環境-東京", "支払い-ゲートウェイ-本番環境-大阪", "\u202eevil-production-1", "\u202eevil-production-2", "😀😀😀😀😀😀😀😀😀😀😀a", "😀😀😀😀😀😀😀😀😀😀😀b",
    ];
}
