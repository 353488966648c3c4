using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Rows;

/// <summary>What leads to no object is an error, and neither another question nor silence.</summary>
public sealed class BadRowTests : IAsyncLifetime
{
    private const string Pod = "@{ ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Namespace = 'web'; Name = 'web-1-0' }";

    /// <summary>Every command that takes objects, with what it needs besides.</summary>
    private static readonly string[] Commands =
    [
        "Get-KubeResource", "Watch-KubeResource", "Remove-KubeResource -Confirm:$false", "Get-KubeLog", "Get-KubeEvent", "Watch-KubeEvent", "Test-KubeAccess get",
        "Suspend-KubeNode", "Resume-KubeNode", "Invoke-KubeDrain -Confirm:$false", "Get-KubePodDisruption", "Get-KubeNamespace", "Get-KubeApiResource",
    ];

    private static readonly string[] BadRows =
    [
        "[pscustomobject]@{ ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Namespace = 'web' }",
        "[pscustomobject]@{ ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Namespace = 'web'; Name = '' }",
        "[pscustomobject]@{ ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Name = 'web-1-0' }",
        "[pscustomobject]@{ ClusterId = 'sandbox:sim-1'; Restarts = 3 }",
        "[pscustomobject]@{ Kind = 'Pod'; Namespace = 'web'; Name = 'web-1-0' }",
        "[pscustomobject]@{ ClusterId = 'sandbox:nosuch'; Kind = 'Node'; Name = 'node-1' }",
        "@{ Kind = 'Pod'; Name = 'web-1-0' }",
        "'web-1-0'",
        "42",
        "$null",
        "(Get-Date)",
        "(Get-KubeApiResource pods -Cluster sim-1)",
    ];

    private DrainFleet _drain = null!;

    // Text that is piped into Remove-KubeResource is a manifest, and no row.
    public static TheoryData<string, string> Table => [.. from command in Commands from row in BadRows where row != "'web-1-0'" || !command.StartsWith("Remove-", StringComparison.Ordinal) select (command, row)];

    private Shell Shell => _drain.Shell;

    public async ValueTask InitializeAsync() => _drain = await DrainFleet.StartAsync();

    public ValueTask DisposeAsync() => _drain.DisposeAsync();

    [Theory]
    [MemberData(nameof(Table))]
    public void What_leads_nowhere_is_one_error_and_asks_nothing(string command, string row)
    {
        Shell.Run($"$row = {row}");
        var before = Requests();

        var run = Shell.Run($", $row | {command}");

        Assert.Single([.. run.Errors, .. new[] { run.Terminated }.OfType<System.Management.Automation.ErrorRecord>()]);
        Assert.Empty(run.Output);
        Assert.Equal(before, Requests());
    }

    [Theory]
    [InlineData("ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Namespace = 'web'", "it has no Name", "ClusterId, Kind, Namespace, Name and Uid")]
    [InlineData("ClusterId = 'sandbox:sim-1'; Namespace = 'web'; Name = 'web-1-0'", "it has no Kind", "ClusterId, Kind, Namespace, Name and Uid")]
    [InlineData("ClusterId = 'sandbox:sim-1'; Namespace = 'web'", "it has no Kind and no Name", "Select-Object ClusterId")]
    [InlineData("ClusterId = 'sandbox:sim-1'; Kind = 'Pod'; Name = 'web-1-0'", "it has no Namespace", "ClusterId, Kind, Namespace, Name and Uid")]
    [InlineData("Kind = 'Pod'; Namespace = 'web'; Name = 'web-1-0'", "the row of web-1-0 has no ClusterId", "rows with the columns ClusterId")]
    public void The_error_names_what_is_missing_and_the_way_out(string columns, string detail, string advice)
    {
        var error = Shell.Run($"[pscustomobject]@{{ {columns} }} | Get-KubeResource").Error;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains(detail, error.Fault().Detail, StringComparison.Ordinal);
        Assert.Contains(advice, error.Fault().Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubeResource")]
    [InlineData("Watch-KubeResource")]
    [InlineData("Remove-KubeResource -Confirm:$false")]
    [InlineData("Get-KubeLog")]
    public void A_row_whose_object_was_replaced_is_an_error_and_the_new_one_stays(string command)
    {
        var store = _drain.Fleet["sim-1"].Store;
        Shell.Run("$row = Get-KubeResource pod web-1-0 -Namespace web -Cluster sim-1 | Select-Object ClusterId, Kind, Namespace, Name, Uid");
        store.Remove("pods", "web", "web-1-0");
        _drain.Fleet["sim-1"].AddPod("web-1-0", "node-1");

        var run = Shell.Run($"$row | {command}");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Contains("the pod web-1-0 that was meant is gone, and another bears its name now", run.Error.Fault().Message, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.NotNull(store.Find("pods", "web", "web-1-0"));
    }

    [Theory]
    [InlineData("Suspend-KubeNode")]
    [InlineData("Invoke-KubeDrain -DisableEviction -Confirm:$false")]
    public void A_node_that_was_replaced_is_not_touched(string command)
    {
        var cluster = _drain.Fleet["sim-1"];
        Shell.Run("Get-KubeResource node node-1 -Cluster sim-1 | Export-Csv nodes.csv");
        cluster.Store.Remove("nodes", null, "node-1");
        cluster.AddNode("node-1");

        var run = Shell.Run($"Import-Csv nodes.csv | {command}");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Null(cluster.Store.Find("nodes", null, "node-1")!.ToJson()["spec"]!["unschedulable"]);
        Assert.Equal(12, _drain.Pods);
    }

    [Fact]
    public void A_row_of_a_cluster_that_is_not_selected_says_how_to_select_it()
    {
        var run = Shell.Run($"Disconnect-KubeCluster sim-1; {Pod} | Get-KubeResource");

        Assert.Equal("Kube.ClusterNotSelected", run.Error.Id());
        Assert.Contains("Select-KubeCluster", run.Error.Fault().Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-KubeResource node")]
    [InlineData("Get-KubeResource node, deployment")]
    [InlineData("Watch-KubeResource node")]
    [InlineData("Remove-KubeResource node -Confirm:$false")]
    [InlineData("Test-KubeAccess get node")]
    [InlineData("Suspend-KubeNode")]
    [InlineData("Invoke-KubeDrain -Confirm:$false")]
    [InlineData("Get-KubePodDisruption")]
    [InlineData("Get-KubeNamespace")]
    public void An_object_of_another_kind_is_an_error_live_and_as_a_row(string command)
    {
        Shell.Run("$pod = Get-KubeResource pod web-1-0 -Namespace web -Cluster sim-1");

        foreach (var row in new[] { "$pod", Pod })
        {
            var run = Shell.Run($"{row} | {command}");

            Assert.Equal("Kube.Invalid", run.Error.Id());
            Assert.Contains("web-1-0 is a Pod, and no ", run.Error.Fault().Detail, StringComparison.Ordinal);
            Assert.Empty(run.Output);
        }

        Assert.NotNull(_drain.Fleet["sim-1"].Store.Find("pods", "web", "web-1-0"));
    }

    [Fact]
    public void The_nodes_of_pods_are_rows_of_nodes()
    {
        var run = Shell.Run("Get-KubeResource pod -Namespace web -Cluster sim-2 -FieldSelector spec.nodeName=node-2 | Select-Object ClusterId, Node -Unique | Suspend-KubeNode -PassThru");

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-2 node-2"], run.Of<KubeNode>().Select(static node => $"{node.ClusterName} {node.Name}"));
    }

    [Theory]
    [InlineData("Get-KubeResource pod -AllNamespaces", "AllNamespaces")]
    [InlineData("Get-KubeResource pod -Namespace web", "Namespace")]
    [InlineData("Get-KubeResource pod web-1-1", "Name")]
    [InlineData("Watch-KubeResource pod -LabelSelector app=web", "LabelSelector")]
    [InlineData("Remove-KubeResource pod * -Confirm:$false", "Name")]
    [InlineData("Get-KubeEvent -AllNamespaces", "AllNamespaces")]
    [InlineData("Get-KubeLog web-1-1", "Name")]
    [InlineData("Suspend-KubeNode *", "Name")]
    public void A_question_beside_an_object_is_refused(string command, string parameter)
    {
        var run = Shell.Run($"{Pod} | {command}");

        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.StartsWith($"-{parameter} says which objects are meant", run.Terminated!.Fault().Detail, StringComparison.Ordinal);
        Assert.Equal(12, _drain.Pods);
    }

    [Theory]
    [InlineData("Name", "../../nodes/node-1")]
    [InlineData("Name", "..")]
    [InlineData("Name", "web-1-0/log")]
    [InlineData("Name", "web-1-0%2Flog")]
    [InlineData("Name", "web-1-0?watch=true")]
    [InlineData("Name", "*")]
    [InlineData("Namespace", "../web")]
    [InlineData("Namespace", "..")]
    [InlineData("Kind", "../pods")]
    [InlineData("ApiVersion", "../../v1")]
    public void A_hostile_row_leads_out_of_its_place_nowhere(string column, string value)
    {
        Shell.Run($"$row = {Pod}; $row['{column}'] = '{value}'");
        foreach (var command in new[] { "Get-KubeResource", "Remove-KubeResource -Confirm:$false", "Get-KubeLog", "Get-KubeEvent", "Test-KubeAccess get" })
        {
            var run = Shell.Run($"$row | {command}");

            Assert.Single(run.Errors);
            Assert.Empty(run.Output);
        }

        Assert.DoesNotContain(_drain.Fleet["sim-1"].Requests.All, static request => request.Path.Contains("..", StringComparison.Ordinal) || request.Path.Contains("node", StringComparison.Ordinal));
        Assert.Equal(12, _drain.Pods);
    }

    [Fact]
    public void Clusters_and_objects_do_not_go_together()
    {
        var run = Shell.Run($"(Get-KubeCluster sim-1), {Pod} | Get-KubeResource pod");

        Assert.Equal(("Kube.Invalid", "both clusters and objects are piped in"), (run.Terminated!.Id(), run.Terminated!.Fault().Detail));
    }

    [Fact]
    public void An_object_of_a_cluster_that_is_not_named_is_an_error()
    {
        var run = Shell.Run($"{Pod} | Get-KubeResource -Cluster sim-2");

        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.StartsWith("sim-1 is none of the clusters that -Cluster", run.Error.Fault().Detail, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_row_that_leads_nowhere_does_not_keep_the_others_from_their_objects()
    {
        var run = Shell.Run($"'x', {Pod}, @{{ ClusterId = 'sandbox:sim-2'; Kind = 'Pod'; Namespace = 'web'; Name = 'gone' }}, @{{ ClusterId = 'sandbox:sim-2'; Kind = 'Node'; Name = 'node-2' }} | Get-KubeResource");

        Assert.Equal(["sim-1 web-1-0", "sim-2 node-2"], run.Of<KubeObject>().Select(static item => $"{item.ClusterName} {item.Name}").Order());
        Assert.Equal(["Kube.Invalid", "Kube.NotFound"], run.Errors.Select(ErrorRecords.Id).Order());
    }

    [Fact]
    public void What_reads_nothing_says_that_a_row_is_to_be_read_first()
    {
        foreach (var command in new[] { "ConvertTo-KubeYaml", "ConvertTo-KubeModel" })
        {
            var run = Shell.Run($"[pscustomobject]{Pod} | {command}");

            Assert.Equal("Kube.Invalid", run.Error.Id());
            Assert.Contains("Get-KubeResource", run.Error.Fault().Advice, StringComparison.Ordinal);
        }

        Assert.Single(Shell.Run($"{Pod} | Get-KubeResource | ConvertTo-KubeYaml").Output);
    }

    [Fact]
    public void A_removed_object_s_row_is_an_error()
    {
        var run = Shell.Run($"$removed = {Pod} | Remove-KubeResource -GracePeriodSeconds 0 -PassThru -Confirm:$false; $removed | Get-KubeResource");

        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Equal(11, _drain.Pods);
    }

    /// <summary>Requests for objects: which kinds there are may be asked.</summary>
    private int Requests() => _drain.Fleet.Clusters.Sum(static cluster => cluster.Requests.All.Count(static request => request.Path.Contains("/pods", StringComparison.Ordinal) || request.Path.Contains("/nodes", StringComparison.Ordinal) || request.Path.Contains("/events", StringComparison.Ordinal)));
}
