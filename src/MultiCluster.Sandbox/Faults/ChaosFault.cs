using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Data;

namespace MultiCluster.Sandbox.Faults;

/// <summary>Something different goes wrong with every watch.</summary>
internal sealed class ChaosFault(int seed, TimeSpan interval) : ClusterFault
{
    private readonly SeededRandom _random = new(seed);
    private readonly Lock _lock = new();

    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        var (what, life) = Choose();
        return what switch
        {
            0 when ResumedWatch.Is(request) => throw ResumedWatch.TooOld(request),
            1 when ResumedWatch.Is(request) => LineTreatment.AnswerAsync(request, EventLine.Error(ResumedWatch.TooOld(request))),
            2 => throw StatusError.Internal(),
            3 => throw StatusError.TooManyRequests(TimeSpan.FromSeconds(1)),
            4 => LineTreatment.AnswerAsync(request, default),
            _ => LineTreatment.UseAsync(request, next, new StruckLines(Lines(what), End(what), life)),
        };
    }

    private protected override bool Concerns(SimulatedRequest request) => request.Info.Verb == "watch";

    // One lock around both choices, so that two requests at once do not mix theirs.
    private (int What, TimeSpan Life) Choose()
    {
        lock (_lock) return (_random.Next(20), interval * (0.5 + _random.NextDouble()));
    }

    private static ILineTreatment Lines(int what) => what switch
    {
        5 or 6 => new SwappedLines(),
        7 or 8 => new RepeatedLines(2),
        9 => new SlowLines(TimeSpan.FromMilliseconds(20)),
        10 or 11 => new PaddedLine(10_000_000, inObject: false),
        _ => new PassedLines(),
    };

    private static Func<LineOutput, ValueTask> End(int what) => what switch
    {
        12 or 13 => output => StreamEnd.InLineAsync(HalfKnown, output, reset: false),
        14 or 15 => output => StreamEnd.InLineAsync(HalfKnown, output, reset: true),
        16 => output => output.ResetAsync(),
        17 => output => StreamEnd.WithAsync(EventLine.Error(ResumedWatch.TooOld(output.Request)), output),
        18 => output => StreamEnd.WithAsync(EventLine.Error(new StatusError(500, "InternalError", "etcdserver: leader changed")), output),
        _ => output => { output.End(); return default; }
        ,
    };

    /// <summary>A line of which a client sees the first half, and that stands for no event.</summary>
    private static byte[] HalfKnown { get; } = "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"struck\"}}}\n"u8.ToArray();
}

/// <summary>Lines that are treated as another treatment says, until their time is up.</summary>
internal sealed class StruckLines(ILineTreatment lines, Func<LineOutput, ValueTask> end, TimeSpan life) : ILineTreatment
{
    public ValueTask OnLineAsync(ReadOnlyMemory<byte> line, LineOutput output) => lines.OnLineAsync(line, output);

    public ValueTask OnEndAsync(LineOutput output) => lines.OnEndAsync(output);

    public async Task RunAsync(LineStream stream, LineOutput output, CancellationToken stop)
    {
        var beside = lines.RunAsync(stream, output, stop);
        await Task.Delay(life, output.Request.Time, stop);
        await stream.BetweenLinesAsync(
            async () =>
            {
                await lines.OnEndAsync(output);
                await end(output);
            },
            stop);
        await beside;
    }
}
