using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Logs.Lines;

namespace MultiCluster.Logs.Streams;

/// <summary>Reads answers of one container's log, one after the other, and hands its lines on.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="source">The container.</param>
/// <param name="position">How far it has been read.</param>
/// <param name="target">Where its lines go.</param>
internal sealed class ContainerStream(LogCluster cluster, LogSource source, LogPosition position, FanOutSource target)
{
    /// <summary>A stream that has been silent for so long is opened again: nothing else tells a quiet container from a connection that is dead.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);

    /// <summary>A read that brought less than this has emptied the socket.</summary>
    private const int LittleBytes = 8 * 1024;

    private readonly LogCall _call = cluster.Call;
    private readonly LogIntake _intake = new(source, position.Seam, cluster.Call.Filter, cluster.Call.Time);

    /// <summary>True when the last answer brought a line that had not been read before.</summary>
    public bool Progressed => _intake.Progressed;

    /// <summary>Reads one answer to its end.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="opened">Is told that the answer has begun; false to give it up.</param>
    /// <param name="giveUp">Ends the reading as if the answer had ended.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FaultException">There is no answer, or it breaks off; what had come has been handed on.</exception>
    public async Task ReadAsync(LogRequest request, Func<ValueTask<bool>>? opened, CancellationToken giveUp, CancellationToken cancellationToken)
    {
        using var quiet = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _call.Time);
        using var ended = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), quiet);
        using var givenUp = giveUp.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), quiet);
        try
        {
            await ReadAsync(request, opened, quiet, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Silent for too long, or nobody wants it any more: it has ended for the one who reads it.
        }
    }

    private async Task ReadAsync(LogRequest request, Func<ValueTask<bool>>? opened, CancellationTokenSource quiet, CancellationToken cancellationToken)
    {
        _intake.Begin(request.Resumes);
        using var link = cluster.Connection.EnterWatch();
        var asked = new ApiRequest(HttpMethod.Get, request.Path)
        {
            Operation = request.Operation,
            Accept = "*/*",
            Kind = request.Follow ? RequestKind.Stream : RequestKind.Download,
            Observer = cluster.Context.Observer,
        };
        var response = await link.Client.SendAsync(asked, cluster.Context.Timeouts, quiet.Token).ConfigureAwait(false);
        await using var answer = response.ConfigureAwait(false);
        position.Opened();
        if (opened is not null && !await opened().ConfigureAwait(false))
            return;
        try
        {
            using var lines = new LogLineReader(response.Body, _call.Query.MaxLineBytes);
            while (await ReadOnceAsync(lines, request.Follow, quiet).ConfigureAwait(false))
                await HandOnAsync(cancellationToken).ConfigureAwait(false);
            if (!request.Follow)
                _intake.TakeLast(lines); // what is followed may be written to its end later
        }
        finally
        {
            await HandOnAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_intake.Complaint is { } complaint)
            throw new FaultException(LogFaults.Complaint(source, complaint));
        position.ReadToEnd();
    }

    private async ValueTask<bool> ReadOnceAsync(LogLineReader lines, bool follows, CancellationTokenSource quiet)
    {
        if (follows && lines.LastRead is > 0 and < LittleBytes && _call.Pace > TimeSpan.Zero)
            await Task.Delay(_call.Pace, _call.Time, quiet.Token).ConfigureAwait(false);
        if (follows)
            quiet.CancelAfter(LongestSilence * (1 + _call.Random()));
        if (!await lines.ReadAsync(quiet.Token).ConfigureAwait(false))
            return false;
        quiet.CancelAfter(Timeout.InfiniteTimeSpan);
        _intake.Take(lines);
        return true;
    }

    private async ValueTask HandOnAsync(CancellationToken cancellationToken)
    {
        if (_intake.TakeSeries() is { } series)
            await target.WriteAsync(series, cancellationToken).ConfigureAwait(false);
        if (_intake.TakeGap() is { } gap)
            await cluster.Notices.GapAsync(source, gap, cancellationToken).ConfigureAwait(false);
    }
}
