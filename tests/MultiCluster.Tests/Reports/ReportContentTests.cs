using MultiCluster.Attention;
using MultiCluster.Comparing;
using MultiCluster.Faults;
using MultiCluster.Measuring;
using MultiCluster.Objects;
using MultiCluster.Overview;
using MultiCluster.Reports;
using MultiCluster.Reports.Content;
using MultiCluster.Terminal;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Reports;

public sealed class ReportContentTests
{
    [Fact]
    public void Differences_are_a_row_for_each_path_and_a_column_for_each_cluster_with_the_odd_one_marked()
    {
        var difference = new KubeDifference
        {
            Kind = "Deployment",
            Name = "pay",
            Namespace = "shop",
            Path = "spec.replicas",
            Common = "2/3: 3",
            Values = [Value("eu", "3"), Value("us", "3"), Value("ap", "1", isOdd: true)],
        };

        var table = Assert.IsType<ReportTable>(Assert.Single(ReportContent.Of([difference])));

        Assert.Equal(["Object", "Path", "ap", "eu", "us"], table.Columns.Select(static column => column.Name));
        Assert.Equal(["Deployment/shop/pay", "spec.replicas", "1", "3", "3"], table.Rows[0].Select(static cell => cell.Text));
        Assert.Equal([Tone.Plain, Tone.Plain, Tone.Warning, Tone.Plain, Tone.Plain], table.Rows[0].Select(static cell => cell.Tone));
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("False", false)]
    public void An_operator_that_is_degraded_is_bad(string degraded, bool isBad)
    {
        var console = Sample.Read<KubeClusterOperator>($$"""{"metadata":{"name":"console"},"status":{"conditions":[{"type":"Degraded","status":"{{degraded}}"}]} }""", "config.openshift.io/v1");

        var table = Assert.IsType<ReportTable>(Assert.Single(ReportContent.Of([console])));

        Assert.Equal(isBad ? Tone.Bad : Tone.Plain, table.Rows[0][table.Columns.Select(static column => column.Name).ToList().IndexOf("Degraded")].Tone);
    }

    [Fact]
    public void Measurements_have_a_chart_and_a_table()
    {
        var sections = ReportContent.Of([new KubeMeasurement { Kind = "Pod", ClusterName = "eu", Namespace = "a", Count = 1 }, new KubeMeasurement { Kind = "Pod", ClusterName = "eu", Namespace = "b", Count = 5 }]);

        Assert.Equal(["eu b", "eu a"], Assert.IsType<ReportChart>(sections[0]).Bars.Select(static bar => bar.Label));
        Assert.Equal(2, Assert.IsType<ReportTable>(sections[1]).Rows.Count);
    }

    [Fact]
    public void What_is_not_known_of_a_cluster_is_in_no_sum_and_no_bar()
    {
        var fault = new Fault { Phase = FaultPhase.Timeout, Detail = "no answer" };
        var sections = ReportContent.Of(
        [
            new KubeOverview { ClusterId = "1", ClusterName = "eu", NodesReady = 2, NodesTotal = 3, PodsReady = 4, PodsRunning = 5, PodsPending = 0, PodsUnknown = 0, CpuAllocatable = 8, CpuRequest = 2, Attention = 1 },
            new KubeOverview { ClusterId = "2", ClusterName = "us", Fault = fault },
        ]);

        var cards = Assert.IsType<ReportCards>(sections[0]).Cards.ToDictionary(static card => card.Label, static card => card.Value);
        Assert.Equal(("1 of 2", "2 of 3", "4 of 5", "25 %", "not known"), (cards["Clusters that answer"], cards["Nodes ready"], cards["Pods ready"], cards["CPU requested"], cards["Memory requested"]));
        var cpu = sections.OfType<ReportChart>().Single(static chart => chart.Title == "CPU by cluster");
        Assert.Equal([8, 2, null], Assert.Single(cpu.Bars).Values);
        Assert.Equal("us", sections.OfType<ReportTable>().Single(static table => table.Title == "What could not be read").Rows[0][0].Text);
    }

    [Fact]
    public void Where_nothing_could_be_read_no_card_says_zero_and_the_reason_has_its_column()
    {
        var sections = ReportContent.Of([new KubeOverview { ClusterId = "1", ClusterName = "eu", Unseen = ["nodes (forbidden)", "pods (only in web)"] }]);

        var cards = Assert.IsType<ReportCards>(sections[0]).Cards.ToDictionary(static card => card.Label, static card => card.Value);
        Assert.Equal(("not known", "not known", "not known"), (cards["Nodes ready"], cards["Pods ready"], cards["Findings"]));
        var unseen = sections.OfType<ReportTable>().Single(static table => table.Title == "What could not be read");
        Assert.Equal(["eu: nodes: forbidden", "eu: pods: only in web"], unseen.Rows.Select(static row => string.Join(": ", row.Select(static cell => cell.Text))));
    }

    [Fact]
    public void Findings_are_counted_by_cluster_and_rule_and_nothing_is_said_to_be_nothing()
    {
        var finding = new KubeFinding { ClusterId = "1", ClusterName = "eu", Severity = FindingSeverity.Error, Rule = "CrashLoop", Reason = "It crashes." };

        var sections = ReportContent.Of([finding, finding with { Severity = FindingSeverity.Warning, Rule = "Quota" }]);

        Assert.Equal(["Findings by cluster", "Findings by rule", "Findings"], sections.Select(static section => section.Title));
        Assert.Equal([1, 1, 0], ((ReportChart)sections[0]).Bars[0].Values);
    }

    private static KubeDifferenceValue Value(string cluster, string text, bool isOdd = false) =>
        new() { ClusterId = cluster, ClusterName = cluster, Namespace = "shop", Text = text, Short = text, IsOdd = isOdd };
}
