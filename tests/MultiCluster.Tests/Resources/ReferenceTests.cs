using MultiCluster.Api.Lists;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

/// <summary>Objects that references lead to, each in its own cluster.</summary>
public sealed class ReferenceTests
{
    private static readonly FleetOptions Two = new() { Clusters = 2, Pods = 40 };

    [Fact]
    public async Task Objects_come_in_the_order_given_each_from_its_own_cluster()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var pods = session.Fleet["sim-1"].Store.List("pods").Reverse().ToArray();

        var answer = await ReadAsync(session, new ReferenceQuery { References = [.. pods.Select(pod => Pod("sim-1", pod.Namespace, pod.Name))] });

        Assert.Equal(pods.Select(pod => pod.Name), answer.Names("sim-1"));
        Assert.Empty(answer.Names("sim-2"));
        Assert.Empty(answer.Faults);
    }

    [Fact]
    public async Task One_that_is_named_twice_is_asked_for_once()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var pod = session.Fleet["sim-1"].Store.List("pods")[0];

        var answer = await ReadAsync(session, new ReferenceQuery { References = [Pod("sim-1", pod.Namespace, pod.Name), Pod("sim-1", pod.Namespace, pod.Name)] });

        Assert.Single(answer.Objects);
        Assert.Single(session.Fleet["sim-1"].Requests.All, request => request.Path.EndsWith($"/pods/{pod.Name}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("list")]
    public async Task A_crowd_in_one_namespace_is_listed_where_that_is_allowed(string? forbidden)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 1, Pods = 0, ConfigMaps = 12 * CrowdedPlaces.Crowd });
        var cluster = session.Fleet["sim-1"];
        var space = cluster.Store.List("configmaps").GroupBy(static map => map.Namespace).MaxBy(static group => group.Count())!;
        ObjectReference[] rows = [.. space.Take(CrowdedPlaces.Crowd).Reverse().Select(map => new ObjectReference { ClusterId = session.Cluster("sim-1").ClusterId, Kind = "ConfigMap", Namespace = space.Key, Name = map.Name, Uid = map.Uid })];
        if (forbidden is not null)
            cluster.Faults.Add(ClusterFault.Forbidden().When(request => request.Verb == forbidden));

        Assert.Equal(CrowdedPlaces.Crowd, rows.Length);

        var answer = await ReadAsync(session, new ReferenceQuery { References = [.. rows, rows[0] with { Name = "nosuch", Uid = null }, rows[1] with { Uid = "another" }] });

        Assert.Equal(rows.Select(static row => row.Name), answer.Names("sim-1"));
        Assert.Equal(2, answer.Faults.Count);
        Assert.InRange(cluster.Requests.All.Count, 2, forbidden is null ? 5 : rows.Length + 5);
    }

    [Fact]
    public async Task The_uid_must_be_the_object_s()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var (pod, other) = (session.Fleet["sim-1"].Store.List("pods")[0], session.Fleet["sim-2"].Store.List("pods")[0]);

        var answer = await ReadAsync(session, new ReferenceQuery
        {
            References = [Pod("sim-1", pod.Namespace, pod.Name) with { Uid = pod.Uid }, Pod("sim-2", other.Namespace, other.Name) with { Uid = "another" }],
        });

        Assert.Equal([pod.Name], answer.Names("sim-1"));
        Assert.Equal((FaultPhase.NotFound, $"the pod {other.Name} that was meant is gone, and another bears its name now"), (answer.Fault("sim-2").Phase, answer.Fault("sim-2").Detail));
    }

    [Theory]
    [InlineData("Deployment", "apps/v1", "Deployment")]
    [InlineData("Deployment", "apps/v1beta2", "Deployment")] // read when the cluster served that
    [InlineData("deploy", null, "Deployment")]
    [InlineData("Widget", "example.com/v1", "Widget")]
    [InlineData("Widget", "example.com/v0", "Widget")]
    public async Task The_kind_is_found_on_the_object_s_own_cluster_whatever_its_version_was(string kind, string? version, string expected)
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var item = session.Fleet["sim-2"].Store.List(expected == "Widget" ? "widgets.example.com" : "deployments.apps")[0];

        var answer = await ReadAsync(session, new ReferenceQuery
        {
            References = [new ObjectReference { ClusterId = Id("sim-2"), Kind = kind, ApiVersion = version, Namespace = item.Namespace, Name = item.Name }],
        });

        Assert.Empty(answer.Faults);
        Assert.Equal((expected, item.Name), (Assert.Single(answer.Objects).Kind, answer.Objects[0].Name));
    }

    [Fact]
    public async Task A_kind_that_the_cluster_does_not_serve_is_told_once()
    {
        await using var session = await TestSession.SelectedAsync(Two);

        var answer = await ReadAsync(session, new ReferenceQuery
        {
            References = [.. Enumerable.Range(0, 5).Select(i => new ObjectReference { ClusterId = Id("sim-1"), Kind = "Gadget", ApiVersion = "none.example/v1", Namespace = "web", Name = $"a{i}" })],
        });

        Assert.Equal(FaultPhase.KindNotFound, Assert.Single(answer.Faults).Phase);
    }

    [Theory]
    [InlineData(null, "web", "a", "it has no Kind")]
    [InlineData("Pod", null, "a", "it has no Namespace")]
    [InlineData("Pod", "web", "../a", "cannot be the name of an object")]
    [InlineData("Pod", "web", "..", "cannot be the name of an object")]
    [InlineData("Pod", "../web", "a", "cannot be the name of a namespace")]
    [InlineData("Node", null, "a?watch=1/b", "cannot be the name of an object")]
    public async Task What_lacks_something_or_leads_out_of_its_place_is_a_fault_and_asks_nothing(string? kind, string? ns, string name, string detail)
    {
        await using var session = await TestSession.SelectedAsync(Two);

        var answer = await ReadAsync(session, new ReferenceQuery { References = [new ObjectReference { ClusterId = Id("sim-1"), Kind = kind, Namespace = ns, Name = name }] });

        Assert.Equal(FaultPhase.Invalid, answer.Fault("sim-1").Phase);
        Assert.Contains(detail, answer.Fault("sim-1").Detail, StringComparison.Ordinal);
        Assert.Empty(session.Fleet["sim-1"].Requests.All);
    }

    [Fact]
    public async Task One_of_another_kind_than_is_asked_for_is_a_fault()
    {
        await using var session = await TestSession.SelectedAsync(Two);

        var answer = await ReadAsync(session, new ReferenceQuery { References = [Pod("sim-1", "web", "a")], Kinds = ["nodes", "deploy"] });

        Assert.Equal((FaultPhase.Invalid, "a is a Pod, and no Node or Deployment"), (answer.Fault("sim-1").Phase, answer.Fault("sim-1").Detail));
    }

    [Fact]
    public async Task So_many_as_are_wanted_are_asked_for_and_no_more()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var pods = session.Fleet["sim-1"].Store.List("pods");

        var answer = await ReadAsync(session, new ReferenceQuery { References = [.. pods.Select(pod => Pod("sim-1", pod.Namespace, pod.Name))], First = 3 });

        Assert.Equal(pods.Take(3).Select(pod => pod.Name), answer.Names("sim-1"));
        Assert.Equal(3, session.Fleet["sim-1"].Requests.All.Count);
    }

    [Fact]
    public async Task One_of_many_that_is_missing_stops_no_other()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var pods = session.Fleet["sim-1"].Store.List("pods");
        ObjectReference[] references = [.. pods.Select(pod => Pod("sim-1", pod.Namespace, pod.Name)), Pod("sim-1", "web", "missing")];

        var answer = await ReadAsync(session, new ReferenceQuery { References = [references[^1], .. references] });

        Assert.Equal(pods.Select(pod => pod.Name), answer.Names("sim-1"));
        Assert.Equal(FaultPhase.NotFound, answer.Fault("sim-1").Phase);
    }

    [Fact]
    public async Task No_more_than_eight_are_asked_for_at_once()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var cluster = session.Fleet["sim-1"];
        var pods = cluster.Store.List("pods");
        Assert.InRange(pods.Count, 17, int.MaxValue);
        var reader = new ReferenceReader(new ReferenceQuery { References = [.. pods.Select(pod => Pod("sim-1", pod.Namespace, pod.Name))] });
        cluster.Faults.Add(ClusterFault.NeverAnswer());
        await using var stream = new TestStream<KubeObject>(session, new FanOutOptions(), null, (asked, sink, stop) => reader.ReadAsync(asked.Connection!, CallContext.Default, sink, stop));
        await TestSession.UntilAsync(() => cluster.ActiveRequests >= 8, "eight are asked for");

        stream.Run.Stop();
        await stream.EndAsync();

        Assert.Equal(8, cluster.Requests.All.Count);
    }

    [Fact]
    public async Task A_cluster_that_refuses_the_login_is_one_fault_and_the_others_answer()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-1"].Faults.Add(ClusterFault.Unauthorized());
        ObjectReference[] references = [.. Names("sim-1"), .. Names("sim-2")];

        var answer = await ReadAsync(session, new ReferenceQuery { References = references });

        Assert.Equal(FaultPhase.Unauthorized, answer.Fault("sim-1").Phase);
        Assert.Equal(session.Fleet["sim-2"].Store.List("pods").Select(pod => pod.Name), answer.Names("sim-2"));

        IEnumerable<ObjectReference> Names(string cluster) => session.Fleet[cluster].Store.List("pods").Select(pod => Pod(cluster, pod.Namespace, pod.Name));
    }

    private static ObjectReference Pod(string cluster, string? ns, string name) => new() { ClusterId = Id(cluster), Kind = "Pod", Namespace = ns, Name = name };

    private static string Id(string cluster) => $"fleet.yaml:{cluster}";

    private static async Task<TestAnswer> ReadAsync(TestSession session, ReferenceQuery query)
    {
        var reader = new ReferenceReader(query);
        var run = FanOutRun.Start(
            [.. session.Pool.Selected.Select(static cluster => cluster.Connection!)],
            new FanOutOptions(),
            (connection, sink, stop) => reader.ReadAsync(connection, CallContext.Default, sink, stop));
        await using var _ = run;
        return await TestAnswer.OfAsync(run);
    }
}
