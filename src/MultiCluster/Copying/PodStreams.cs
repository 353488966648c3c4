using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using MultiCluster.Api.Channels;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Copying.Local;
using MultiCluster.Exec;
using MultiCluster.Faults;

namespace MultiCluster.Copying;

/// <summary>How a process in a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Said">What it wrote of errors, in one line.</param>
internal readonly record struct ProcessEnd(int ExitCode, string Said);

/// <summary>Runs processes in one container, and reads or feeds them as streams.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="context">The call.</param>
/// <param name="target">The container.</param>
/// <param name="operation">What is done, as faults name it.</param>
/// <param name="moved">Told of bytes that have come or gone.</param>
internal sealed class PodStreams(ClusterConnection connection, CallContext context, CommandTarget target, string operation, Action<long> moved)
{
    /// <summary>What waits for the disk at the most: the network goes on while a file is written.</summary>
    private static PipeOptions Bounds => new(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false);

    private const int LongestAnswer = 4096;
    private const int LongestRest = 2 * 1024 * 1024;

    private bool _neverEnds;

    /// <summary>Runs a process and reads what it writes, to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="read">Reads it; what it leaves is passed over.</param>
    /// <param name="isWhole">True when what it has written is worth nothing if it ends with an error: the stream ends with a fault then.</param>
    /// <param name="cancellationToken">Ends both.</param>
    /// <exception cref="FaultException">It could not be run, the connection was lost, or what reads it fails and it has not ended with an error itself.</exception>
    public async Task<ProcessEnd> ReadAsync(IReadOnlyList<string> command, Func<Stream, CancellationToken, Task> read, bool isWhole, CancellationToken cancellationToken)
    {
        using var process = await PodProcess.StartAsync(connection, Query(command), context, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe(Bounds);
        var pumping = PumpAsync(process, pipe.Writer, isWhole, stop.Token);
        FaultException? problem = null;
        try
        {
            var output = pipe.Reader.AsStream(leaveOpen: true);
            await using var _ = output.ConfigureAwait(false);
            try
            {
                await read(output, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.Decode)
            {
                problem = e; // a process that fails writes no whole archive: what it says of that goes first
            }

            if ((problem is null || !isWhole) && !await EndsAsync(output, cancellationToken).ConfigureAwait(false))
                throw problem ?? LocalFaults.Broken("more comes after the end of the archive");
        }
        finally
        {
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)pumping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var end = await pumping.ConfigureAwait(false);
        return problem is null || end.ExitCode != 0 ? end : throw problem;
    }

    /// <summary>Runs a process and gives it something to read.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="count">How many bytes that will be: servers before 1.30 must be told.</param>
    /// <param name="cancellationToken">Ends both.</param>
    /// <exception cref="FaultException">It could not be run, the connection was lost, or what writes fails.</exception>
    public async Task<ProcessEnd> WriteAsync(IReadOnlyList<string> command, Func<Stream, CancellationToken, Task> write, Func<CancellationToken, Task<long>> count, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(command, count, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var complaints = new StringBuilder();
        var reading = ReadToEndAsync(process, null, complaints, stop.Token);
        var writing = FeedAsync(process, write, stop.Token);
        try
        {
            // A file that cannot be read ends it here; a process that ends before it has read all, and a connection that is lost, tell the reader why.
            if (await Task.WhenAny(reading, writing).ConfigureAwait(false) == writing && await writing.ConfigureAwait(false) is { } problem)
                throw problem;
            return new ProcessEnd(await reading.ConfigureAwait(false), Line(complaints));
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs a small command. Its answer, and null where there is no such program.</summary>
    public async Task<(ProcessEnd End, string Output)?> AskAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        try
        {
            using var process = await PodProcess.StartAsync(connection, Query(command), context, cancellationToken).ConfigureAwait(false);
            var (output, complaints) = (new StringBuilder(), new StringBuilder());
            var code = await ReadToEndAsync(process, output, complaints, cancellationToken).ConfigureAwait(false);
            return code is 126 or 127 ? null : (new ProcessEnd(code, Line(complaints)), output.ToString());
        }
        catch (FaultException e) when (e.Fault.Reason == ProcessFaults.MissingProgramReason)
        {
            return null;
        }
    }

    /// <summary>The bytes of a file as wc counts them; null where it cannot.</summary>
    public async Task<long?> SizeAsync(string path, CancellationToken cancellationToken) =>
        await AskAsync(["wc", "-c", path], cancellationToken).ConfigureAwait(false) is { End.ExitCode: 0 } counted
        && counted.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var size, ..] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;

    /// <summary>The fault of a command that has ended with an error.</summary>
    public Fault Failed(IReadOnlyList<string> command, ProcessEnd end) => ProcessFaults.Failed(Query(command), end.ExitCode, end.Said) with { Cluster = connection.Identity };

    private ProcessQuery Query(IReadOnlyList<string> command) => new()
    {
        Namespace = target.Namespace,
        Pod = target.Pod.Name,
        Container = target.Container,
        Command = command,
        Operation = operation,
    };

    /// <summary>Starts a process that reads. Servers before 1.30 cannot be told that its input ends: a shell counts it there.</summary>
    private async Task<PodProcess> StartAsync(IReadOnlyList<string> command, Func<CancellationToken, Task<long>> count, CancellationToken cancellationToken)
    {
        if (!_neverEnds)
        {
            try
            {
                return await PodProcess.StartAsync(connection, Query(command) with { Input = true, ClosesInput = true }, context, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (ChannelFaults.IsUnknownProtocol(e.Fault))
            {
                _neverEnds = true;
                context.Say?.Invoke($"The server cannot say that an input ends (v5.channel.k8s.io, 1.30): in {target.Namespace}/{target.Pod.Name} it is counted by sh and head.");
            }
        }

        var length = await count(cancellationToken).ConfigureAwait(false);
        string[] counted = ["sh", "-c", "head -c \"$0\" | \"$@\"", FormattableString.Invariant($"{length}"), .. command];
        return await PodProcess.StartAsync(connection, Query(counted) with { Input = true }, context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ProcessEnd> PumpAsync(PodProcess process, PipeWriter to, bool isWhole, CancellationToken cancellationToken)
    {
        var complaints = new StringBuilder();
        try
        {
            while (await process.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEnd: false } part)
            {
                moved(part.Bytes.Length);
                if (part.Stream == CommandStream.Error)
                    Keep(complaints, part.Bytes.Span);
                else if ((await to.WriteAsync(part.Bytes, cancellationToken).ConfigureAwait(false)).IsCompleted)
                    break;
            }

            var end = new ProcessEnd(process.ExitCode ?? 0, Line(complaints));
            await to.CompleteAsync(isWhole && end.ExitCode != 0 ? LocalFaults.Broken($"it ended with exit code {end.ExitCode}") : null).ConfigureAwait(false);
            return end;
        }
        catch (Exception e)
        {
            await to.CompleteAsync(e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<int> ReadToEndAsync(PodProcess process, StringBuilder? output, StringBuilder complaints, CancellationToken cancellationToken)
    {
        while (await process.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEnd: false } part)
        {
            moved(0);
            if (part.Stream == CommandStream.Error)
                Keep(complaints, part.Bytes.Span);
            else if (output is not null)
                Keep(output, part.Bytes.Span);
        }

        return process.ExitCode!.Value;
    }

    /// <summary>Feeds it to its end; returns why what writes has failed, when that was here and not there.</summary>
    private async Task<FaultException?> FeedAsync(PodProcess process, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var input = new ProcessInput(process, moved);
        await using var _ = input.ConfigureAwait(false);
        try
        {
            await write(input, cancellationToken).ConfigureAwait(false);
            await input.FlushAsync(cancellationToken).ConfigureAwait(false);
            await process.CloseInputAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (FaultException e)
        {
            return input.IsBroken ? null : e;
        }
    }

    /// <summary>Passes over what is left, which is the rest of tar's last record; false when it is much more.</summary>
    private static async Task<bool> EndsAsync(Stream output, CancellationToken cancellationToken)
    {
        var rest = new byte[16 * 1024];
        for (var count = 0; count < LongestRest;)
        {
            var read = await output.ReadAsync(rest, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return true;
            count += read;
        }

        return false;
    }

    private static void Keep(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length < LongestAnswer)
            text.Append(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, LongestAnswer)]));
    }

    private static string Line(StringBuilder text) => MessageText.OneLine(text.ToString());
}
