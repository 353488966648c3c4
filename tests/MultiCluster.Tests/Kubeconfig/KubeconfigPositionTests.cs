using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>The place of a problem is where a person has to look. Line for line these agree with kubectl, where that names a line.</summary>
public sealed class KubeconfigPositionTests
{
    private const string Good = """
        apiVersion: v1
        kind: Config
        clusters:
        - name: c
          cluster:
            server: https://c
        users:
        - name: u
          user:
            token: t
        contexts:
        - name: x
          context:
            cluster: c
            user: u
        """;

    [Theory]
    [InlineData(7, "\tusers:", 7, 1)]
    [InlineData(10, "\t\ttoken: t", 10, 1)]
    [InlineData(6, "\t server: https://c", 6, 1)]
    [InlineData(6, "  \tserver: https://c", 6, 3)]
    [InlineData(10, "    token: t: t", 10, 13)]
    [InlineData(10, "    token: @t", 10, 12)]
    [InlineData(10, "    token: ]", 10, 12)]
    [InlineData(10, "    token: \"\\q\"", 10, 12)]
    [InlineData(10, "    token: \"\\ud800\"", 10, 12)]
    [InlineData(10, "    token: *t", 10, 12)]
    [InlineData(10, "    token: [t", 10, 12)]
    [InlineData(14, "   cluster: c", 15, 9)]
    [InlineData(1, "apiVersion", 2, 5)]
    [InlineData(7, "<<<<<<< HEAD", 7, 1)]
    public void A_line_that_is_wrong_is_named(int line, string text, int expectedLine, int expectedColumn)
    {
        var lines = Good.Split('\n');
        lines[line - 1] = text;
        foreach (var end in (string[])["\n", "\r\n"])
        {
            var problem = Assert.Single(KubeconfigReader.Read("/kube/config", Encoding.UTF8.GetBytes(string.Join(end, lines)), TestContext.Current.CancellationToken).Problems);

            Assert.Equal((expectedLine, expectedColumn), (problem.Line, problem.Column));
        }
    }

    [Fact]
    public void A_tab_where_tabs_may_be_is_not_what_is_wrong()
    {
        var text = $"# with\ta tab\n{Good.Replace("server: https://c", "server:\thttps://c", StringComparison.Ordinal)}\n\tx: y";

        Assert.Equal(17, Assert.Single(KubeconfigReader.Read("/kube/config", Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken).Problems).Line);
    }

    [Fact]
    public void What_is_missing_at_the_end_is_missed_there()
    {
        var problem = Assert.Single(KubeconfigReader.Read("/kube/config", "# one\n["u8.ToArray(), TestContext.Current.CancellationToken).Problems);

        Assert.Equal((2, 2), (problem.Line, problem.Column));
    }
}
