using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

/// <summary>Aliases by the pattern, and what tables call clusters that have none.</summary>
public sealed class AliasPatternTests
{
    private const string Payments = "arn:aws:eks:eu-central-1:123456789012:cluster/payments";
    private const string Checkout = "arn:aws:eks:eu-central-1:123456789012:cluster/checkout";
    private const string Abroad = "arn:aws:eks:us-east-1:123456789012:cluster/payments";

    [Fact]
    public void A_pattern_names_every_cluster_that_it_fits_and_those_to_come()
    {
        using var shell = Open(Payments, "kind");

        Assert.Empty(shell.Run("Set-KubeCluster 'arn:*' -AliasPattern 'cluster/(.+)'").Errors);
        Write(shell, Payments, Checkout, "kind");

        Assert.Equal(["payments", "checkout", "kind"], Names(shell));
    }

    [Fact]
    public void An_alias_of_one_cluster_wins_and_an_empty_pattern_takes_all_away()
    {
        using var shell = Open(Payments, Checkout);
        shell.Run($"Set-KubeCluster 'arn:*' -AliasPattern 'cluster/(.+)'; Set-KubeCluster checkout -Alias shop");
        Assert.Equal(["payments", "shop"], Names(shell));

        shell.Run("Set-KubeCluster 'arn:*' -AliasPattern ''");

        Assert.Equal([Payments, "shop"], Names(shell));
    }

    [Fact]
    public void A_pattern_that_gives_one_name_to_two_clusters_is_refused()
    {
        using var shell = Open(Payments, Abroad);

        var run = shell.Run("Set-KubeCluster 'arn:*' -AliasPattern 'cluster/(.+)'");

        Assert.Equal("Kube.Conflict", run.Terminated!.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("gives the name 'payments' to", run.Terminated.Exception.Message, StringComparison.Ordinal);
        Assert.Equal([Payments, Abroad], Names(shell));
    }

    [Theory]
    [InlineData("-AliasPattern '('", "no regular expression")]
    [InlineData("-AliasPattern 'nothing/(.+)'", "matches none of the 1 contexts")]
    [InlineData("-AliasPattern '/(.+)' -Alias x", "-Alias is one cluster's name")]
    public void A_pattern_that_cannot_be_meant_is_refused(string arguments, string because)
    {
        using var shell = Open(Payments);

        Assert.Contains(because, shell.Run($"Set-KubeCluster 'arn:*' {arguments}").Terminated!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_says_the_names_and_sets_none()
    {
        using var shell = Open(Payments, Checkout);

        shell.Run("Set-KubeCluster 'arn:*' -AliasPattern 'cluster/(.+)' -WhatIf");

        Assert.Contains(shell.Host.Lines, static line => line.Contains("aliases payments, checkout", StringComparison.Ordinal));
        Assert.Equal([Payments, Checkout], Names(shell));
    }

    [Fact]
    public void A_pattern_that_would_not_end_names_nothing()
    {
        var endless = new string('a', 60) + "!";
        using var shell = Open(endless);

        var run = shell.Run("Set-KubeCluster '*' -AliasPattern '^(a+)+$'");

        Assert.Contains("matches none", run.Terminated!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_shows_the_short_name_and_the_data_keep_the_full_one()
    {
        using var shell = Open(Payments, Checkout, Abroad).Select("arn:*:cluster/checkout", Abroad);

        var screen = shell.Screen("Get-KubeCluster", 80).Split('\n');

        Assert.Equal(["eu…payments", "checkout", "payments"], screen.Skip(2).Where(static line => line.Length > 0 && line[0] != ' ').Select(static line => line.Split(' ')[0]));
        Assert.Equal([Checkout, Abroad], shell.Run("Get-KubeCluster -Selected | ForEach-Object ClusterName").Of<string>());
        Assert.Contains($"ClusterName       : {Checkout}", shell.Screen("Get-KubeCluster -Selected | Format-List"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_was_deselected_keeps_its_short_name_unless_another_has_it_now()
    {
        using var shell = Open(Payments, Checkout, Abroad).Select(Payments, Checkout);
        var names = shell.Session.Pool.ShortNames;
        var (payments, checkout) = (shell.Selected[0].ClusterId, shell.Selected[1].ClusterId);

        shell.Select(Abroad);

        Assert.Equal("payments", shell.Selected[0].ShortName);
        Assert.Equal("checkout", names.Of(checkout, Checkout));
        Assert.Null(names.Of(payments, Payments));
    }

    private static Shell Open(params string[] contexts)
    {
        var shell = new Shell();
        Write(shell, contexts);
        return shell;
    }

    private static IReadOnlyList<string> Names(Shell shell) => shell.Run("Get-KubeCluster | ForEach-Object ClusterName").Of<string>();

    private static void Write(Shell shell, params string[] names)
    {
        var contexts = string.Join(", ", names.Select(static name => $"{{name: '{name}', context: {{cluster: c, user: u}}}}"));
        File.WriteAllText(shell.Kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: c
              cluster: {server: https://127.0.0.1:1}
            users:
            - name: u
              user: {token: t}
            contexts: [{{contexts}}]
            """);
    }
}
