using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

/// <summary>Something in front of a server that makes 200 of each refusal: a Status means what the code in it would have meant.</summary>
public sealed class StatusAnswerTests : IAsyncLifetime
{
    private const string Refusal = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"it is forbidden: User \"jane\" may not","reason":"Forbidden","code":403}""";

    private TestSession _session = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 1, Pods = 3 });

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("pods")]
    [InlineData("widgets.example.com")] // a table
    public async Task In_a_list(string kind)
    {
        Refuse();

        AssertRefused(Assert.Single((await _session.ReadAsync(new ResourceQuery { Kinds = [kind], Namespaces = ["web"] })).Faults), $"cannot list {kind.Split('.')[0]} in namespace web");
    }

    [Theory]
    [InlineData("pods")]
    [InlineData("widgets.example.com")]
    public async Task In_the_place_of_an_object(string kind)
    {
        Refuse();

        AssertRefused(Assert.Single((await _session.ReadAsync(new ResourceQuery { Kinds = [kind], Namespaces = ["web"], Names = ["one"] })).Faults), "cannot get ");
    }

    [Fact]
    public async Task In_discovery()
    {
        _session.Fleet["sim-1"].Faults.Add(ClusterFault.Says(Encoding.UTF8.GetBytes(Refusal)));

        AssertRefused(Assert.Single((await _session.ReadAsync("widgets")).Faults), "cannot read /api");
    }

    [Fact]
    public async Task In_writes()
    {
        var node = Assert.Single((await _session.ReadAsync(new ResourceQuery { Kinds = ["nodes"], First = 1 })).Objects);
        _session.Fleet["sim-1"].Faults.Add(ClusterFault.Says(Encoding.UTF8.GetBytes(Refusal)));
        var writer = _session.Connection("sim-1").Session.Writer;

        AssertRefused(await FaultOfAsync(writer.DeleteAsync(node.Source.Kind, null, node.Name, new DeleteQuery(), CallContext.Default, Stop)), "cannot delete node ");
        AssertRefused(await FaultOfAsync(writer.MergePatchAsync(node.Source.Kind, null, node.Name, new PatchQuery([]), CallContext.Default, Stop)), "cannot change node ");
    }

    [Fact]
    public async Task In_a_watch_that_has_begun()
    {
        _session.Fleet["sim-1"].Faults.Add(ClusterFault.Says(Encoding.UTF8.GetBytes(Refusal)).When(static request => request.Verb == "watch"));
        await using var watch = new TestWatch(_session, new WatchQuery { Kinds = ["pods"], AllNamespaces = true });

        await watch.UntilAsync(() => watch.Notices.Any(static notice => notice.Fault?.Reason == "Forbidden"), "the watch says that it is forbidden");

        AssertRefused(watch.Notices.First(static notice => notice.Fault is not null).Fault!, "cannot watch pods");
    }

    private void Refuse()
    {
        _session.Fleet["sim-1"].Faults.Add(ClusterFault.Says(Encoding.UTF8.GetBytes(Refusal)).When(static request => request.IsResource));
    }

    private static async Task<Fault> FaultOfAsync(Task task) => (await Assert.ThrowsAsync<FaultException>(() => task)).Fault;

    private static void AssertRefused(Fault fault, string operation)
    {
        Assert.Equal((FaultPhase.Forbidden, 403, "Forbidden"), (fault.Phase, fault.HttpStatus, fault.Reason));
        Assert.StartsWith($"sim-1: {operation}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Forbidden (User \"jane\" may not).", fault.Message, StringComparison.Ordinal);
    }
}
