using System.Text.Json.Nodes;
using MultiCluster.Comparing;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Comparing;

/// <summary>Compare-KubeResource over clusters whose objects differ in known places.</summary>
public sealed class CompareKubeResourceTests : IAsyncLifetime
{
    private static readonly string[] Arns =
    [
        "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-a", "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-b", "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-c",
    ];

    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 3, Names = Arns, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var (cluster, at) in _fleet.Clusters.Select(static (cluster, at) => (cluster, at)))
        {
            cluster.Store.Add(Deployment("shop", "web", at == 1 ? "1.26.0" : "1.27.3", 3));
            cluster.Store.Add(Deployment("shop", "api", "2.0.0", 1));
            cluster.Store.Add(Deployment("shop-test", "web", "1.28.0", 1));
            if (at != 2)
                cluster.Store.Add(Deployment("shop", "extra", "1.0.0", 1));
            cluster.Store.Add($$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"key","namespace":"shop"},"type":"Opaque","data":{"token":"{{(at == 0 ? "cGxhbnRlZC1vbmU=" : "cGxhbnRlZC10d28=")}}"} }""");
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void The_odd_one_out_is_found_with_the_path_at_which_it_differs()
    {
        using var shell = new Shell(_fleet).Select("*");

        var row = Assert.Single(shell.Run("Compare-KubeResource deploy web -Namespace shop").Of<KubeDifference>());

        Assert.Equal(("Deployment", "shop", "web", "spec.template.spec.containers[app].image"), (row.Kind, row.Namespace, row.Name, row.Path));
        Assert.Equal(Arns, row.Values.Select(static value => value.ClusterName));
        Assert.Equal([false, true, false], row.Values.Select(static value => value.IsOdd));
        Assert.Equal(Arns[1], Assert.Single(row.Odd).ClusterName);
    }

    [Fact]
    public void A_set_of_a_kind_is_compared_and_what_is_missing_where_is_said()
    {
        using var shell = new Shell(_fleet).Select("*");

        var run = shell.Run("Compare-KubeResource deploy -Namespace shop");

        Assert.Equal(["extra ", "web spec.template.spec.containers[app].image"], run.Of<KubeDifference>().Select(static row => $"{row.Name} {row.Path}"));
        Assert.Equal(["present", "present", "(missing)"], run.Of<KubeDifference>()[0].Values.Select(static value => value.Text));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void The_table_has_a_column_for_each_cluster_by_a_name_that_tells_it_apart_and_marks_the_odd_cell()
    {
        using var shell = new Shell(_fleet).Select("*");

        var one = shell.Screen("Compare-KubeResource deploy web -Namespace shop", 80).Split('\n');
        var set = shell.Screen("Compare-KubeResource deploy -Namespace shop", 80).Split('\n');

        Assert.All(one.Concat(set), static line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches("^Path +payments-prod-a +payments-prod-b +payments-prod-c$", one[0]);
        Assert.Matches(@"^…\S*\[app\]\.image +…1\.27\.3 +\* …1\.26\.0 +…1\.27\.3$", one[2]);
        var labels = set[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Name", "Path"], labels[..2]);
        Assert.Equal((3, 3), (labels[2..].Length, labels[2..].Distinct().Count()));
        Assert.Matches(@"^shop/extra +\(object\) +present +present +\* \(missing\)$", set[2]);
    }

    [Fact]
    public void One_thing_is_compared_and_shown_where_it_is_the_same()
    {
        using var shell = new Shell(_fleet).Select("*");

        var row = Assert.Single(shell.Run("Compare-KubeResource deploy api -Namespace shop -Path spec.template.spec.containers.image").Of<KubeDifference>());

        Assert.True(row.Same);
        Assert.Equal("registry.example.com/api:2.0.0", row.Majority);
        Assert.Contains("No object has spec.nowhere", Assert.Single(shell.Run("Compare-KubeResource deploy api -n shop -Path spec.nowhere").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Namespaces_of_one_cluster_are_compared()
    {
        using var shell = new Shell(_fleet).Select(Arns[0]);

        var rows = shell.Run("Compare-KubeResource deploy web -Namespace shop, shop-test").Of<KubeDifference>();

        Assert.Equal(["spec.replicas", "spec.template.spec.containers[app].image"], rows.Select(static row => row.Path));
        Assert.Equal(["shop", "shop-test"], rows[0].Values.Select(static value => value.Namespace));
        Assert.Null(rows[0].Namespace);
        Assert.Matches("^Path +shop +shop-test$", shell.Screen("Compare-KubeResource deploy web -Namespace shop, shop-test", 80).Split('\n')[0]);
    }

    [Fact]
    public void Namespaces_of_several_clusters_are_compared_when_that_is_said()
    {
        using var shell = new Shell(_fleet).Select("*-a", "*-b");

        var row = shell.Run("Compare-KubeResource deploy web -Namespace shop, shop-test -By Namespace -Path spec.replicas").Of<KubeDifference>().Single();

        Assert.Equal([(Arns[0], "shop", 3L), (Arns[0], "shop-test", 1L), (Arns[1], "shop", 3L), (Arns[1], "shop-test", 1L)], row.Values.Select(static value => (value.ClusterName, value.Namespace, value.Value)));
    }

    [Fact]
    public void Secrets_are_compared_and_never_shown()
    {
        using var shell = new Shell(_fleet).Select("*");

        var row = Assert.Single(shell.Run("Compare-KubeResource secret key -Namespace shop").Of<KubeDifference>());

        Assert.Equal(("data.token", Arns[0]), (row.Path, Assert.Single(row.Odd).ClusterName));
        var shown = shell.Screen("Compare-KubeResource secret key -Namespace shop | Format-List *", 200) + string.Join('\n', shell.Run("Compare-KubeResource secret key -Namespace shop | ConvertTo-Json -Depth 9").Output);
        Assert.DoesNotContain("cGxhbnRlZC", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_are_piped_in()
    {
        using var shell = new Shell(_fleet).Select("*");

        var rows = shell.Run("Get-KubeDeployment web, extra -Namespace shop -ErrorAction SilentlyContinue | Compare-KubeResource").Of<KubeDifference>();

        Assert.Equal(["extra ", "web spec.template.spec.containers[app].image"], rows.Select(static row => $"{row.Name} {row.Path}"));
    }

    [Fact]
    public void A_cluster_that_does_not_answer_is_an_error_and_no_column()
    {
        _fleet.Clusters[1].Faults.Add(ClusterFault.Unauthorized());
        using var shell = new Shell(_fleet).Select("*");

        var run = shell.Run("Compare-KubeResource deploy -Namespace shop");

        Assert.Equal([Arns[0], Arns[2]], Assert.Single(run.Of<KubeDifference>()).Values.Select(static value => value.ClusterName));
        Assert.Equal(FaultPhase.Unauthorized, run.Error.Fault().Phase);
    }

    [Fact]
    public void What_may_not_be_read_is_not_called_missing()
    {
        foreach (var (cluster, at) in _fleet.Clusters.Select(static (cluster, at) => (cluster, at)))
            cluster.LimitedUser.Rules = at == 2 ? [new AccessRule("get list", "deployments", "shop-test")] : [new AccessRule("get list", "deployments")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("*");

        var run = shell.Run("Compare-KubeResource deploy -Namespace shop, shop-test");

        Assert.Equal(FaultPhase.Forbidden, run.Error.Fault().Phase);
        var row = Assert.Single(run.Of<KubeDifference>(), static row => row is { Name: "web", Namespace: "shop" });
        Assert.Equal(("?", false), (row.Values[2].Text == "(no object)" ? "?" : row.Values[2].Text, row.Values[2].IsOdd));
        Assert.DoesNotContain(run.Of<KubeDifference>(), static row => row.Path.Length == 0);
    }

    [Fact]
    public void One_cluster_and_a_name_that_none_has_are_errors()
    {
        using var shell = new Shell(_fleet).Select(Arns[0]);

        Assert.Equal(FaultPhase.Invalid, shell.Run("Compare-KubeResource deploy web -Namespace shop").Error.Fault().Phase);
        using var all = new Shell(_fleet).Select("*");
        Assert.Equal(FaultPhase.NotFound, all.Run("Compare-KubeResource deploy nobody -Namespace shop").Error.Fault().Phase);
        Assert.Contains("is no path", all.Run("Compare-KubeResource deploy web -Path 'a..b'").Terminated!.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x']; Set-Content ran 1; $_['")]
    [InlineData("x’]; Set-Content ran 1; $_[’")]
    [InlineData("$(Set-Content ran 1)")]
    [InlineData("\u001b[31mred")]
    public void The_name_of_a_cluster_is_never_run_and_never_acts(string name)
    {
        using var shell = new Shell(_fleet);
        shell.WriteContexts("strange", Arns[0], name, "other");
        Assert.Empty(shell.Run("Select-KubeCluster -Kubeconfig ./strange -All -NoConnect").Errors);

        var screen = shell.Screen("Compare-KubeResource deploy web -Namespace shop -Path spec.replicas", 200);

        Assert.False(File.Exists(shell.File("ran")));
        Assert.DoesNotContain('\u001b', screen);
        Assert.Matches(@"(?m)^spec\.replicas +3 +3$", screen);
    }

    [Fact]
    public async Task Of_more_clusters_than_have_room_the_odd_ones_are_named()
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 12, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var (cluster, at) in fleet.Clusters.Select(static (cluster, at) => (cluster, at)))
            cluster.Store.Add(Deployment("shop", "web", at == 6 ? "1.26.0" : "1.27.3", 1));
        using var shell = new Shell(fleet).Select("*");

        var lines = shell.Screen("Compare-KubeResource deploy web -Namespace shop -Path spec.template.spec.containers.image", 80);

        Assert.Contains("Majority", lines, StringComparison.Ordinal);
        Assert.Contains("11/12:", lines, StringComparison.Ordinal);
        Assert.Contains("sim-7=", lines, StringComparison.Ordinal);
        Assert.All(lines.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Rows_that_came_back_from_a_file_have_the_same_table()
    {
        using var shell = new Shell(_fleet).Select("*");
        shell.Run("$live = Compare-KubeResource deploy web -Namespace shop; $live | Export-Clixml rows.xml -Depth 4");

        Assert.Equal(shell.Screen("$live", 100), shell.Screen("Import-Clixml rows.xml", 100));
    }

    [Fact]
    public void It_can_be_stopped_while_a_cluster_is_silent()
    {
        _fleet.Clusters[2].Faults.Add(ClusterFault.NeverAnswer());
        using var shell = new Shell(_fleet).Select("*");

        using var running = shell.Start("Compare-KubeResource deploy web -Namespace shop");
        Assert.True(SpinWait.SpinUntil(() => _fleet.Clusters[2].ActiveRequests > 0, TimeSpan.FromSeconds(20)));
        running.Stop();

        Assert.True(SpinWait.SpinUntil(() => _fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), TimeSpan.FromSeconds(20)));
    }

    private static JsonObject Deployment(string ns, string name, string version, int replicas) => JsonNode.Parse($$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{name}}","namespace":"{{ns}}"},
         "spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"{{name}}"} },
          "template":{"metadata":{"labels":{"app":"{{name}}"} },"spec":{"containers":[{"name":"app","image":"registry.example.com/{{name}}:{{version}}"}]} } } }
        """)!.AsObject();
}
