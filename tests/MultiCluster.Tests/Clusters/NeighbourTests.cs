using System.IO.Compression;
using System.Text;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>What one cluster answers, or what nobody foresaw in it, is its own fault and changes nothing for its neighbour.</summary>
public sealed class NeighbourTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private static readonly FleetOptions Two = new() { Clusters = 2, Pods = 5 };

    public static TheoryData<string> Versions => ["[]", "null", "7", "\"x\"", "{", "", "{\"gitVersion\":7}", "{\"gitVersion\":\"\\ud800\"}", "{\"gitVersion\":[]}"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Whatever_a_cluster_answers_for_its_version_the_other_is_connected_and_its_health_followed(string version)
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(Two, options: made => made with { Time = time });
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Says(Encoding.UTF8.GetBytes(version)).When(static request => request.Path == "/version"));

        await session.ConnectAsync();

        Assert.Equal(ClusterState.Ready, session.Cluster("sim-1").State);
        var sick = session.Cluster("sim-2");
        Assert.True(sick.State == ClusterState.Ready || sick.LastError!.StartsWith("sim-2: cannot connect: ", StringComparison.Ordinal), $"{sick.State}: {sick.LastError}");

        session.Fleet["sim-1"].Faults.Add(ClusterFault.Unavailable());
        time.Advance(Beat);
        await session.UntilAsync(ClusterEventKind.HealthDegraded, "sim-1");
    }

    [Fact]
    public async Task A_dead_cluster_is_told_in_its_own_time_however_long_another_takes_to_answer()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(Two, options: made => made with { Time = time });
        await session.ConnectAsync();
        var trickling = session.Fleet["sim-2"];
        trickling.Faults.Add(ClusterFault.Trickle(1, TimeSpan.FromMilliseconds(1)).When(static request => request.Path == "/readyz"));
        trickling.Faults.Add(ClusterFault.Says(new byte[1_000_000], contentType: "text/plain").When(static request => request.Path == "/readyz"));
        time.Advance(Beat);
        await TestSession.UntilAsync(() => session.Connection("sim-2").Telemetry!.InFlight == 1, "the neighbour has begun to answer");
        session.Fleet["sim-1"].Faults.Add(ClusterFault.Unavailable());

        // Second by second: the neighbour is never silent for long, and never done.
        for (var second = 0; second < Beat.TotalSeconds; second++)
        {
            var received = session.Connection("sim-2").Telemetry!.BytesReceived;
            await TestSession.UntilAsync(() => session.Connection("sim-2").Telemetry!.BytesReceived > received, "the neighbour goes on");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await session.UntilAsync(ClusterEventKind.HealthDegraded, "sim-1");
        Assert.Equal(1, session.Connection("sim-2").Telemetry!.InFlight);
    }

    [Theory]
    [InlineData("gzip", "compressed (gzip), which was not asked for")]
    [InlineData("br", "compressed (br), which was not asked for")]
    [InlineData(null, "longer than 67108864 bytes")]
    public async Task A_discovery_document_without_end_is_the_fault_of_its_cluster(string? encoding, string detail)
    {
        await using var session = await TestSession.SelectedAsync(Two);
        var body = encoding is null ? new byte[65 * 1024 * 1024] : Zipped(100 * 1024 * 1024);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Says(body, contentEncoding: encoding).When(static request => request.Path is "/api" or "/apis"));

        var answer = await session.ReadAsync("widgets");

        Assert.Contains(detail, answer.Fault("sim-2").Detail, StringComparison.Ordinal);
        Assert.Equal(FaultPhase.Decode, answer.Fault("sim-2").Phase);
        await AssertAsAloneAsync(answer, "widgets");
    }

    [Fact]
    public async Task An_error_that_is_compressed_unasked_keeps_its_status()
    {
        await using var session = await TestSession.SelectedAsync(Two);
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Says(Zipped(1000), 500, contentEncoding: "gzip").When(static request => request.Path == "/api/v1/pods"));

        var fault = (await session.ReadAsync("pods")).Fault("sim-2");

        Assert.Equal((FaultPhase.Server, 500), (fault.Phase, fault.HttpStatus));
    }

    [Fact]
    public async Task What_nobody_foresaw_is_told_with_its_type_as_that_clusters_fault_in_every_call()
    {
        var time = new TestClock(TimeProvider.System.GetUtcNow());
        await using var session = await TestSession.SelectedAsync(Two, options: made => made with { Time = time });
        await session.Connection("sim-2").Session.Client.DisposeAsync(); // from now on it throws what no call expects

        await session.ConnectAsync();
        Assert.Equal(ClusterState.Ready, session.Cluster("sim-1").State);
        Assert.Contains("ObjectDisposedException", session.Cluster("sim-2").LastError, StringComparison.Ordinal);

        session.Fleet["sim-1"].Faults.Add(ClusterFault.Unavailable());
        time.Advance(Beat);
        await session.UntilAsync(ClusterEventKind.HealthDegraded, "sim-1");
        session.Fleet["sim-1"].Faults.Clear();

        var answer = await session.ReadAsync("pods");
        Assert.Contains("ObjectDisposedException", answer.Fault("sim-2").Detail, StringComparison.Ordinal);
        await AssertAsAloneAsync(answer, "pods");

        await using var watch = new TestWatch(session, new WatchQuery { Kinds = ["pods"], AllNamespaces = true });
        await watch.UntilAsync(() => watch.Faults.Any() && watch.Events.Count() == 5, "the fault is told and the neighbour watched");
        Assert.Equal("sim-2", watch.Faults.Single().Cluster?.ClusterName ?? "sim-2");
        Assert.All(watch.Events, static happened => Assert.Equal("sim-1", happened.ClusterName));
    }

    /// <summary>The healthy cluster's objects are those that it gives when it is asked alone.</summary>
    private static async Task AssertAsAloneAsync(TestAnswer answer, string kind)
    {
        await using var alone = await TestSession.SelectedAsync(Two with { Clusters = 1 });
        Assert.Equal((await alone.ReadAsync(kind)).Names("sim-1"), answer.Names("sim-1"));
    }

    private static byte[] Zipped(int bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(new byte[bytes]);
        return packed.ToArray();
    }
}
