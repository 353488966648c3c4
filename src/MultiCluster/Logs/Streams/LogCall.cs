using MultiCluster.Faults;
using MultiCluster.Logs.Lines;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Logs.Streams;

/// <summary>What the clusters of one call share: what is wanted, which lines, and how many streams may be open.</summary>
internal sealed class LogCall : IDisposable
{
    /// <summary>
    /// How long a stream that has brought little is left alone, so that the next read brings more than one line: a fraction of the window
    /// in which lines wait anyway.
    /// </summary>
    private static readonly TimeSpan LongestPace = TimeSpan.FromMilliseconds(20);

    private readonly WatchCall _watch;

    /// <exception cref="FaultException">The query cannot be met (Invalid).</exception>
    public LogCall(LogQuery query, int clusters, TimeProvider time, Func<double> random)
    {
        Check(query);
        Query = query;
        Targets = new PodTargets(query);
        Containers = new ContainerChoice(query.Containers, query.AllContainers);
        Filter = new LogFilter(query.Include, query.Exclude);
        Allotment = new StreamAllotment(query.MaxStreams, clusters);
        Window = query.OrderWindow ?? (query.Follow ? LogQuery.FollowingWindow : LogQuery.ReadingWindow);
        Pace = Window / 10 < LongestPace ? Window / 10 : LongestPace;
        Began = time.GetTimestamp();
        _watch = new WatchCall(null, query.Duration, clusters, time, random);
    }

    public LogQuery Query { get; }

    public PodTargets Targets { get; }

    public ContainerChoice Containers { get; }

    public LogFilter Filter { get; }

    public StreamAllotment Allotment { get; }

    /// <summary>How long lines wait for earlier ones.</summary>
    public TimeSpan Window { get; }

    /// <summary>How long a stream that follows rests after a read that brought little.</summary>
    public TimeSpan Pace { get; }

    /// <summary>When the call began, as a timestamp of the clock.</summary>
    public long Began { get; }

    public TimeProvider Time => _watch.Time;

    public Func<double> Random => _watch.Random;

    /// <summary>Cancelled when the call has lasted as long as it was to.</summary>
    public CancellationToken Enough => _watch.Enough;

    /// <summary>What the call's watches of pods share.</summary>
    public WatchCall Watch => _watch;

    public void Dispose() => _watch.Dispose();

    private static void Check(LogQuery query)
    {
        if (query is { Follow: true, Previous: true })
            throw Wrong("an instance that has ended cannot be followed", "Leave out -Follow or -Previous.");
        if (query is { Since: not null, SinceTime: not null })
            throw Wrong("both a span and a time say where the logs begin", "Give -Since or -SinceTime.");
        if (query.Tail < 0)
            throw Wrong("a log has no negative number of lines", "Give -Tail 0 or more.");
        if (query.MaxStreams < 1)
            throw Wrong("without a stream nothing can be read", "Give -MaxStreams 1 or more.");
        if (query.MaxLineBytes < 1024)
            throw Wrong("lines may be cut into pieces of 1024 bytes and more", "Give a larger bound.");
    }

    private static FaultException Wrong(string detail, string advice) => new(FaultPhase.Invalid, detail, advice);
}
