using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>
/// Texts that cost their reader time or memory out of all proportion: each is a problem with its place, found while reading. Without the
/// bounds most of these tests would not end.
/// </summary>
public sealed class KubeconfigBoundsTests
{
    private static KubeconfigFile Read(string text, CancellationToken cancellationToken = default) =>
        KubeconfigReader.Read("/kube/config", Encoding.UTF8.GetBytes(text), cancellationToken);

    private static KubeconfigProblem Problem(string text)
    {
        var file = Read(text);
        Assert.Equal(FileContent.Lost, file.Content);
        return Assert.Single(file.Problems);
    }

    private static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    private static string Anchors(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"&a{i} ["));

    /// <summary>Each list holds the one before it so often.</summary>
    private static string Laughs(int lists, int times) => string.Concat(
        Enumerable.Range(0, lists).Select(i => $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat(i == 0 ? "x" : $"*l{i - 1}", times))}]\n"));

    [Theory]
    [InlineData("[", 1, 129)]
    [InlineData("{", 1, 129)]
    [InlineData("[{", 1, 129)]
    [InlineData("- ", 1, 257)]
    [InlineData("? ", 1, 257)]
    [InlineData("[\n", 129, 1)]
    public void Nesting_has_a_bound(string level, int line, int column)
    {
        var problem = Problem(Times(200_000 / level.Length, level));

        Assert.Equal("This is nested deeper than 128 levels, as no kubeconfig is.", problem.Message);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void Anchors_within_anchors_have_the_same_bound()
    {
        var problem = Problem(Anchors(12_000));

        Assert.Equal("This is nested deeper than 128 levels, as no kubeconfig is.", problem.Message);
    }

    [Fact]
    public void Aliases_that_multiply_have_a_bound_at_the_alias()
    {
        var problem = Problem(Laughs(lists: 20, times: 10));

        Assert.Equal("The aliases up to here stand for more than 200,000 entries, as in no kubeconfig.", problem.Message);
        Assert.Equal(6, problem.Line);
    }

    [Fact]
    public void Anchors_within_anchors_and_aliases_stand_for_what_is_written()
    {
        var file = Read("""
            x: &outer
            - &inner {server: https://inner}
            - *inner
            clusters:
            - {name: a, cluster: *inner}
            - {name: b, cluster: {<<: *outer, tls-server-name: b}}
            """, TestContext.Current.CancellationToken);

        Assert.Equal("https://inner", file.Clusters["a"].Server);
        Assert.Equal(("https://inner", "b"), (file.Clusters["b"].Server, file.Clusters["b"].TlsServerName));
    }

    [Fact]
    public void Defaults_in_ten_thousand_entries_stay_below_the_bound()
    {
        var file = Read("x: &x {server: https://c, tls-server-name: t, proxy-url: http://p}\nclusters:\n"
            + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"- {{name: c{i}, cluster: {{<<: *x}}}}\n")), TestContext.Current.CancellationToken);

        Assert.Equal(10_000, file.Clusters.Count);
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Entries_have_a_bound()
    {
        var problem = Problem(Times(1_000_001, "-\n"));

        Assert.Equal("This has more than 1,000,000 entries, as no kubeconfig has.", problem.Message);
        Assert.InRange(problem.Line, 999_990, 1_000_001);
    }

    [Fact]
    public void Problems_have_a_bound()
    {
        var file = Read($"contexts:\n{Times(1000, "- x\n")}", TestContext.Current.CancellationToken);

        Assert.Equal(51, file.Problems.Count);
        Assert.StartsWith("There are more problems", file.Problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_same_bounds()
    {
        var deep = Problem($"{{\"kind\": \"Config\",\n \"x\": {Times(200_000, "[")}");
        var wide = Problem($"{{\"kind\": \"Config\", \"x\": [{Times(1_000_001, "1,")}1]}}");

        Assert.Equal("This is nested deeper than 128 levels, as no kubeconfig is.", deep.Message);
        Assert.Equal(2, deep.Line);
        Assert.Equal("This has more than 1,000,000 entries, as no kubeconfig has.", wide.Message);
    }

    [Fact]
    public void A_reader_that_has_had_enough_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => Read("contexts: []", stop.Token));
        Assert.Throws<OperationCanceledException>(() => Read("{}", stop.Token));
    }

    [Fact]
    public void A_file_that_never_ends_is_given_up()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no device that never ends, as on Windows and wine.");

        var problem = Assert.Single(new KubeconfigFileCache(TimeProvider.System).Read("/dev/zero", TestContext.Current.CancellationToken).Problems);

        Assert.Equal("/dev/zero: This file is too large to be a kubeconfig: it has more than 128 MB.", problem.ToString());
    }
}
