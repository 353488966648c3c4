using System.Globalization;
using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>A kubeconfig as a YAML document: how it may be written down.</summary>
public sealed class KubeconfigDocumentTests
{
    private const string Usual = KubeconfigReaderTests.Usual;

    private static readonly string FilePath = Path.Combine(Path.GetTempPath(), "kube", "config");

    private static KubeconfigFile Read(string text) => KubeconfigReader.Read(FilePath, Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("# a comment\n\n")]
    [InlineData("---\n")]
    [InlineData("%YAML 1.1\n---\n")]
    public void What_stands_in_front_of_the_document_does_not_matter(string front)
    {
        Assert.Equal(["prod"], Read(front + Usual).Contexts.Select(c => c.Name));
    }

    [Fact]
    public void CRLF_is_read_as_LF()
    {
        var file = Read(Usual.ReplaceLineEndings("\r\n"));

        Assert.Equal([new ContextEntry("prod", "prod-cluster", "jane", "web")], file.Contexts);
        Assert.Equal("https://prod.example:6443/k8s/clusters/c-1", file.Clusters["prod-cluster"].Server);
    }

    [Fact]
    public void A_file_in_UTF_16_as_Windows_PowerShell_writes_it_is_read()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Usual)];

        Assert.Single(KubeconfigReader.Read(FilePath, bytes, TestContext.Current.CancellationToken).Contexts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("# nothing here\n")]
    [InlineData("---\n")]
    [InlineData("null")]
    public void An_empty_file_has_no_contexts_and_no_problem(string text)
    {
        var file = Read(text);

        Assert.Equal(FileContent.Empty, file.Content);
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}")]
    [InlineData("just a note")]
    [InlineData("- a\n- b")]
    [InlineData("apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference")]
    [InlineData("\u007fELF\u0000\u0001")]
    [InlineData("{\"items\": []}")]
    public void Something_else_is_told_from_a_kubeconfig(string text)
    {
        Assert.Equal(FileContent.Other, Read(text).Content);
    }

    [Fact]
    public void A_kubeconfig_without_any_entry_is_one_all_the_same()
    {
        Assert.Equal(FileContent.Kubeconfig, Read("apiVersion: v1\nkind: Config").Content);
        Assert.Equal(FileContent.Kubeconfig, Read("clusters: null\nusers: []\ncontexts:\n").Content);
    }

    [Fact]
    public void Anchors_and_aliases_are_followed()
    {
        var file = Read("""
            clusters:
            - name: a
              cluster: &shared
                server: &address https://shared:6443
                certificate-authority-data: Q0E=
            - name: b
              cluster: *shared
            - name: c
              cluster: {server: *address}
            """);

        Assert.Equal(file.Clusters["a"], file.Clusters["b"] with { Name = "a" });
        Assert.Equal("https://shared:6443", file.Clusters["c"].Server);
    }

    [Fact]
    public void Merge_keys_give_what_the_mapping_itself_lacks()
    {
        var file = Read("""
            x-base: &base {server: "https://base", insecure-skip-tls-verify: true}
            x-more: &more {server: "https://more", tls-server-name: more}
            clusters:
            - name: before
              cluster: {server: "https://own", insecure-skip-tls-verify: false, <<: *base}
            - name: after
              cluster: {<<: *base, server: "https://own"}
            - name: several
              cluster: {<<: [*base, *more]}
            """);

        Assert.Equal("https://own", file.Clusters["before"].Server);
        Assert.False(file.Clusters["before"].InsecureSkipTlsVerify);
        Assert.Equal("https://own", file.Clusters["after"].Server);
        Assert.True(file.Clusters["after"].InsecureSkipTlsVerify);
        Assert.Equal("https://base", file.Clusters["several"].Server);
        Assert.Equal("more", file.Clusters["several"].TlsServerName);
    }

    [Fact]
    public void Aliases_that_blow_up_are_a_problem_and_not_a_hang()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        var problem = Assert.Single(Read(text.ToString()).Problems);

        Assert.True(problem.IsFileLost);
        Assert.Contains("aliases", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusters: *nowhere")]
    [InlineData("clusters: &loop [*loop]")]
    public void An_alias_without_its_anchor_is_a_problem(string text)
    {
        Assert.Equal(FileContent.Lost, Read(text).Content);
    }

    [Fact]
    public void The_last_of_two_equal_keys_wins()
    {
        var file = Read("""
            current-context: first
            current-context: second
            clusters:
            - name: c
              cluster:
                server: https://first
                server: https://second
            """);

        Assert.Equal("second", file.CurrentContext);
        Assert.Equal("https://second", file.Clusters["c"].Server);
    }

    [Fact]
    public void The_first_of_two_entries_of_one_name_wins_and_the_other_is_reported()
    {
        var file = Read("""
            contexts:
            - {name: a, context: {cluster: first, user: u}}
            - {name: a, context: {cluster: second, user: u}}
            """);

        Assert.Equal("first", Assert.Single(file.Contexts).Cluster);
        var problem = Assert.Single(file.Problems);
        Assert.Equal((3, "The context \"a\" is there twice; the first one is used."), (problem.Line, problem.Message));
        Assert.False(problem.IsFileLost);
    }

    [Fact]
    public void Only_the_first_document_counts()
    {
        var file = Read(Usual + "\n---\nkind: Config\ncurrent-context: other\n---\n{ this is : broken");

        Assert.Equal("prod", file.CurrentContext);
        Assert.Empty(file.Problems);
    }
}
