using k8s;
using k8s.Autorest;
using k8s.Models;
using MultiCluster.Faults;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Typed;

/// <summary>
/// What KubernetesClient does by its own transport, beside the same operation through ours. A test that fails after an upgrade says that the
/// library has mended something: ours may go then.
/// </summary>
public sealed class PeerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_takes_a_certificate_of_another_host_where_the_kubeconfig_has_an_authority_of_its_own()
    {
        await using var session = await TypedSession.StartAsync();
        session.Cluster.Faults.Add(ClusterFault.WrongHostCertificate());
        using var stock = session.Stock();
        using IKubernetes ours = session.Client();

        Assert.NotNull(await stock.Version.GetCodeAsync(Stop));
        var fault = await Assert.ThrowsAsync<FaultException>(() => ours.Version.GetCodeAsync(Stop));

        Assert.Equal(FaultPhase.Tls, fault.Fault.Phase);
    }

    [Fact]
    public async Task It_does_not_impersonate()
    {
        await using var session = await TypedSession.StartAsync(kubeconfig: User("as: jane"));
        using var stock = session.Stock();
        using IKubernetes ours = session.Client();

        Assert.NotEmpty((await stock.CoreV1.ListSecretForAllNamespacesAsync(cancellationToken: Stop)).Items);
        await Assert.ThrowsAsync<HttpOperationException>(() => ours.CoreV1.ListSecretForAllNamespacesAsync(cancellationToken: Stop));

        Assert.Equal(["", "jane"], session.Cluster.Requests.All.Select(request => request.Header("Impersonate-User")));
    }

    [Fact]
    public async Task It_goes_past_the_proxy()
    {
        await using var session = await TypedSession.StartAsync(kubeconfig: text => text.Replace("    certificate-authority-data:", "    proxy-url: http://127.0.0.1:1\n    certificate-authority-data:", StringComparison.Ordinal));
        using var stock = session.Stock();
        using IKubernetes ours = session.Client();

        Assert.NotNull(await stock.Version.GetCodeAsync(Stop));
        var fault = await Assert.ThrowsAsync<FaultException>(() => ours.Version.GetCodeAsync(Stop));

        Assert.Equal(FaultPhase.Connect, fault.Fault.Phase);
    }

    [Fact]
    public async Task It_waits_for_a_stalled_body_past_its_timeout()
    {
        await using var session = await TypedSession.StartAsync();
        session.Cluster.Faults.Add(ClusterFault.Trickle(1, TimeSpan.FromMinutes(1)));
        using var stock = session.Stock(configuration => configuration.HttpClientTimeout = TimeSpan.FromSeconds(2));
        using IKubernetes ours = session.Impatient();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var theirs = Task.Run(() => stock.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: stop.Token), Stop);
        await TestSession.UntilAsync(() => session.Asked.Any(), "the cluster is asked");

        await Assert.ThrowsAsync<FaultException>(() => ours.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: Stop));
        await stop.CancelAsync();
        await Assert.ThrowsAsync<FaultException>(() => ours.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: Stop));

        Assert.False(theirs.IsCompleted); // longer than its timeout, and cancelled as long ago
        await session.Cluster.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => theirs);
    }

    [Fact]
    public async Task Its_watch_ends_with_the_servers_stream()
    {
        await using var session = await TypedSession.StartAsync();
        session.Cluster.Faults.Add(ClusterFault.StreamEnds(afterLines: 1));
        using var stock = session.Stock();

        var seen = 0;
        await foreach (var _ in stock.CoreV1.WatchListPodForAllNamespacesAsync(cancellationToken: Stop))
            seen++;

        Assert.Equal((1, 1), (seen, session.Asked.Count()));
    }

    [Fact]
    public async Task It_loses_what_a_slow_reader_of_a_command_has_not_taken_and_says_nothing()
    {
        const int Messages = 80;
        const int Size = 1024 * 1024;
        await using var server = new WireServer(CommandServer.Writes(Messages, Size));
        await using var session = await CommandServer.SessionAsync(server);
        using var stock = session.Stock();
        using IKubernetes ours = session.Client();
        var ended = new TaskCompletionSource();

        using var theirs = await stock.MuxedStreamNamespacedPodExecAsync("x", "web", ["cat"], cancellationToken: Stop);
        ((StreamDemuxer)theirs).ConnectionClosed += (_, _) => ended.SetResult();
        var (output, outcome) = Start(theirs);
        await ended.Task.WaitAsync(Stop);
        Assert.InRange(await Count(output), 1, (Messages * Size) - 1);
        Assert.Equal(0, await Count(outcome));

        using var same = await ours.MuxedStreamNamespacedPodExecAsync("x", "web", ["cat"], cancellationToken: Stop);
        (output, outcome) = Start(same);
        Assert.Equal(Messages * Size, await Count(output));
        Assert.NotEqual(0, await Count(outcome));

        static (Stream Output, Stream Outcome) Start(IStreamDemuxer command)
        {
            var channels = (command.GetStream(ChannelIndex.StdOut, null), command.GetStream(ChannelIndex.Error, null));
            command.Start();
            return channels;
        }
    }

    [Fact]
    public void Its_models_drop_what_they_do_not_know_and_write_quantities_anew()
    {
        const string Claim = """{"metadata":{"name":"a"},"spec":{"resources":{"requests":{"storage":"1024Mi"}},"futureField":true}}""";

        Assert.Equal(
            """{"metadata":{"name":"a"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}}""",
            KubernetesJson.Serialize(KubernetesJson.Deserialize<V1PersistentVolumeClaim>(Claim)));
    }

    private static async Task<long> Count(Stream stream)
    {
        await using var counted = stream;
        var buffer = new byte[64 * 1024];
        long all = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, Stop)) > 0)
            all += read;
        return all;
    }

    private static Func<string, string> User(string line) => text => text.Replace("    token:", $"    {line}\n    token:", StringComparison.Ordinal);
}
