using System.Globalization;
using System.Reflection;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Library;
using MultiCluster.LibraryExample;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Architecture;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Library;

/// <summary>The engine as somebody else's program sees it.</summary>
public sealed class LibraryExampleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_example_is_no_friend_of_the_engine() => Assert.DoesNotContain(
        typeof(ClusterPool).Assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>(),
        friend => friend.AssemblyName == typeof(FleetExample).Assembly.GetName().Name);

    [Fact]
    public void The_page_shows_the_example_as_it_is_compiled()
    {
        var code = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests", "MultiCluster.LibraryExample", "FleetExample.cs")));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "library.md"));
        var shown = page.Split("```csharp\n").Skip(1).Select(static block => Lines(block.Split("```")[0])).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(block, code, StringComparison.Ordinal));
        Assert.All(typeof(FleetExample).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly), method =>
            Assert.Contains(shown, block => block.Contains($" {method.Name}(", StringComparison.Ordinal)));

        static string Lines(string text) => string.Join('\n', text.Split('\n').Select(static line => line.Trim())).Trim();
    }

    [Fact]
    public async Task It_selects_lists_and_goes_on_when_a_cluster_fails()
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Clusters = 3, Pods = 20 });
        session.Fleet["sim-3"].Faults.Add(ClusterFault.Forbidden());
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var example = new FleetExample(session.Pool, output);

        await example.SelectAsync(session.Kubeconfig, "sim-*", "nobody");
        await example.ListAsync(Stop);

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Contains(lines, line => line.StartsWith("not selected: nobody: ", StringComparison.Ordinal));
        Assert.Equal(["selected: sim-1", "selected: sim-2", "selected: sim-3"], lines.Where(line => line.StartsWith("selected", StringComparison.Ordinal)));
        Assert.StartsWith("failed: sim-3: ", Assert.Single(lines, line => line.StartsWith("failed", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(40, lines.Where(line => line.EndsWith(" pods", StringComparison.Ordinal)).Sum(line => int.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task It_is_a_program()
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Names = ["prod-eu"], Clusters = 2, Pods = 5 });
        var output = new StringWriter(CultureInfo.InvariantCulture);

        await FleetExample.RunAsync(session.Kubeconfig, new ClusterPoolOptions { ConfigurationFolder = session.Folder["own"], CacheFolder = session.Folder["cache"] }, output, Stop);

        Assert.All(output.ToString().TrimEnd().Split(Environment.NewLine), line => Assert.True(line == "selected: prod-eu" || line.StartsWith("prod-eu/", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task It_watches()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 0 });
        foreach (var cluster in session.Fleet.Clusters)
            cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"of-{{cluster.Name}}","namespace":"watched"} }""");
        var output = new StringWriter(CultureInfo.InvariantCulture);

        await new FleetExample(session.Pool, output).WatchAsync("watched", 2, Stop);

        Assert.Equal(["Added: sim-1/of-sim-1", "Added: sim-2/of-sim-2"], output.ToString().TrimEnd().Split(Environment.NewLine).Order(StringComparer.Ordinal));
        await TestSession.UntilAsync(() => session.Fleet.Clusters.All(cluster => cluster.ActiveRequests == 0), "no request is open");
    }

    [Fact]
    public async Task It_reads_logs()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 2, Pods = 6 });
        var output = new StringWriter(CultureInfo.InvariantCulture);

        await new FleetExample(session.Pool, output).LogAsync("web", null, 2, Stop);

        var pods = session.Fleet.Clusters.SelectMany(cluster => cluster.Store.List("pods", "web").Select(pod => $"{cluster.Name}/{pod.Name}")).ToHashSet();
        Assert.NotEmpty(pods);
        Assert.Equal(pods, output.ToString().TrimEnd().Split(Environment.NewLine).Select(line => line.Split(": ")[0]).ToHashSet());
    }

    [Fact]
    public async Task It_drains_what_is_not_protected()
    {
        await using var fleet = await Nodes.DrainFleet.StartAsync(clusters: 2);
        fleet.AddNode("worker", 3);
        fleet.AddNode("worker", 3, "sim-2");
        await fleet.Pool.Preferences.UpdateAsync(new PreferenceChange { Protected = true }.ApplyTo("sim-2"), Stop);
        await fleet.Pool.ApplyPreferencesAsync();
        var output = new StringWriter(CultureInfo.InvariantCulture);

        await new FleetExample(fleet.Pool, output).DrainAsync("worker", Stop);

        var lines = output.ToString().TrimEnd().Split(Environment.NewLine).Select(line => line.TrimEnd()).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["Drained: sim-1/worker", "failed: sim-2: cannot drain nodes: the cluster is protected."], lines[..2]);
        Assert.Equal(["plan: sim-1/worker: 3 pods go, 0 stay", "plan: sim-2/worker: 3 pods go, 0 stay"], lines[2..]);
        Assert.Empty(fleet.Cluster().Store.List("pods", "web"));
        Assert.Equal(3, fleet.Cluster("sim-2").Store.List("pods", "web").Count);
    }

    [Fact]
    public async Task A_list_that_wants_a_few_brings_no_more()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 20 });
        var objects = 0;

        await foreach (var item in session.Pool.ListAsync(new ResourceQuery { Kinds = ["pods"], AllNamespaces = true, First = 5 }, cancellationToken: Stop))
            objects += item.Of<KubeObject>().Count();

        Assert.Equal(5, objects);
    }

    [Fact]
    public async Task Without_a_selection_it_says_so()
    {
        await using var session = await TestSession.StartAsync();

        var fault = Assert.Throws<FaultException>(() => session.Pool.ListAsync(new ResourceQuery { Kinds = ["pods"] }, cancellationToken: Stop));

        Assert.Equal(FaultPhase.NoClusterSelected, fault.Fault.Phase);
    }
}
