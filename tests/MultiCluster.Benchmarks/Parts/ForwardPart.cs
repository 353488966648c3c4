using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;
using MultiCluster.FanOut;
using MultiCluster.Forwarding;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>Local ports that lead into a pod.</summary>
internal sealed class ForwardPart : Part
{
    private const int Parallel = 100;
    private const int Rounds = 20;
    private const long Bytes = 1_000_000_000;
    private const int BytesRounds = 3;
    private const int Connections = 10_000;
    private const int AtOnce = 20;
    private const double Mark = 0.6;
    private const double Growth = 1.2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override string Name => "forward";

    public override string Title => "Port forwards";

    public override string Method =>
        $"A simulated cluster in a process of its own, with a pod that answers HTTP. A forward of this process leads to it, and a bare relay (a listener and a `ClientWebSocket` for each connection), in turn, over the same "
        + $"TLS. {Parallel} requests at once, each on a connection of its own, {Rounds} rounds; {Units.Count(Bytes / 1e6)} MB down one connection, {BytesRounds} times; {Units.Count(Connections)} connections, {AtOnce} at a time, through the forward alone. "
        + "Memory is what the heap keeps after a full collection, by that after the first tenth of the connections.";

    public override async Task<IReadOnlyList<Table>> MeasureAsync()
    {
        await using var simulator = await Simulator.StartAsync(1, 0);
        await simulator.AddPortsAsync();
        await using var engine = await EngineSession.StartAsync(simulator.Kubeconfig);
        using var raw = RawClient.Of(simulator.Kubeconfig)[0];
        var (http, bytes) = (await StartAsync(engine, SimulatedPorts.Http), await StartAsync(engine, SimulatedPorts.Bytes));
        await using var bareHttp = new BareRelay(raw.Http, Path(SimulatedPorts.Http));
        await using var bareBytes = new BareRelay(raw.Http, Path(SimulatedPorts.Bytes));

        var (ours, theirs) = (new Samples(), new Samples());
        for (var round = -2; round < Rounds; round++)
        {
            var (one, other) = (await ManyAsync(http.LocalPort), await ManyAsync(bareHttp.Port));
            if (round < 0)
                continue; // the code is cold
            ours.Add(one);
            theirs.Add(other);
        }

        var (down, bareDown) = (new Samples(), new Samples());
        for (var round = -1; round < BytesRounds; round++)
        {
            var (one, other) = (await DrainAsync(bytes.LocalPort, round < 0 ? Bytes / 10 : Bytes), await DrainAsync(bareBytes.Port, round < 0 ? Bytes / 10 : Bytes));
            if (round < 0)
                continue;
            down.Add(one);
            bareDown.Add(other);
        }

        var (requests, throughput) = (theirs.Median / ours.Median, down.Median / bareDown.Median);
        var endurance = await EndureAsync(http);
        http.Stop();
        bytes.Stop();
        return
        [
            Table.Of(
                $"{Units.Count(endurance.Connections)} connections took {endurance.Took.TotalSeconds:0.0} s.",
                new Figure($"{Parallel} HTTP requests at once", Units.Milliseconds(ours.Median), $"bare relay: {Units.Milliseconds(theirs.Median)}", Units.Ratio(requests), $"≥ {Mark:0.00}", requests >= Mark),
                new Figure($"{Units.Count(Bytes / 1e6)} MB through one connection", Units.Throughput(down.Median), $"bare relay: {Units.Throughput(bareDown.Median)}", Units.Ratio(throughput), $"≥ {Mark:0.00}", throughput >= Mark),
                new Figure("connections lost", Units.Count(endurance.Lost), $"{Units.Count(endurance.Connections)} made", "", "0", endurance.Lost == 0),
                new Figure("connections left open", Units.Count(endurance.Open), "", "", "0", endurance.Open == 0),
                new Figure("memory kept", Units.Mebibytes(endurance.Last), $"at first: {Units.Mebibytes(endurance.First)}", Units.Ratio(endurance.Last / endurance.First), $"≤ {Growth:0.00}", endurance.Last / endurance.First <= Growth)),
        ];
    }

    private static string Path(int port) => $"/api/v1/namespaces/default/pods/{SimulatedPorts.Pod}/portforward?ports={port}";

    private static async Task<KubePortForward> StartAsync(EngineSession engine, int port)
    {
        var query = new ForwardQuery { Names = [SimulatedPorts.Pod], Namespaces = ["default"], Ports = [new ForwardPort(0, $"{port}")] };
        using var call = new ForwardCall(query, new ForwardStore(), 1, TimeProvider.System);
        await using var run = FanOutRun.Start(engine.Connections, new FanOutOptions(), (connection, sink, stop) => call.RunAsync(connection, "default", CallContext.Default, sink, stop));
        KubePortForward? forward = null;
        await foreach (var item in run.Items.ReadAllAsync())
        {
            if (item is FanOutFault fault)
                throw new InvalidOperationException(fault.Fault.Message);
            if (item is FanOutObjects<KubePortForward> { Objects: [var one] })
                call.Took(forward = one);
        }

        return forward!;
    }

    private static async Task<Endurance> EndureAsync(KubePortForward forward)
    {
        var before = forward.Connections;
        var lost = 0;
        double first = 0;
        var watch = Stopwatch.StartNew();
        for (var tenth = 0; tenth < 10; tenth++)
        {
            await System.Threading.Tasks.Parallel.ForEachAsync(Enumerable.Range(0, Connections / 10), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
            {
                if (!await TryAskAsync(forward.LocalPort))
                    Interlocked.Increment(ref lost);
            });
            if (tenth == 0)
                first = await KeptAsync(forward);
        }

        var took = watch.Elapsed;
        return new Endurance(forward.Connections - before, lost, first, await KeptAsync(forward), forward.OpenConnections, took);
    }

    private static async Task<double> KeptAsync(KubePortForward forward)
    {
        await Condition.IsMetAsync(() => forward.OpenConnections == 0, Patience);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>So many requests at once, each on a connection of its own, in milliseconds.</summary>
    private static async Task<double> ManyAsync(int port)
    {
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => TryAskAsync(port)));
        return answers.All(static answered => answered) ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException("A request was not answered.");
    }

    private static async Task<bool> TryAskAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync("GET /it HTTP/1.0\r\n\r\n"u8.ToArray(), SocketFlags.None);
            var answer = new byte[1024];
            var length = 0;
            while (await socket.ReceiveAsync(answer.AsMemory(length), SocketFlags.None) is var count and > 0)
                length += count;
            return Encoding.ASCII.GetString(answer, 0, length).EndsWith($"{SimulatedPorts.Pod} /it\n", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Bytes a second.</summary>
    private static async Task<double> DrainAsync(int port, long bytes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var watch = Stopwatch.StartNew();
        var asked = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(asked, bytes);
        await socket.SendAsync(asked, SocketFlags.None);
        var buffer = new byte[256 * 1024];
        long read = 0;
        while (read < bytes && await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None) is var count and > 0)
            read += count;
        return read == bytes ? bytes / watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{read} of {bytes} bytes came.");
    }

    private sealed record Endurance(long Connections, int Lost, double First, double Last, long Open, TimeSpan Took);
}
