using System.Globalization;
using MultiCluster.Api.Channels;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Exec;

/// <summary>Runs one command in one pod after the other, or side by side, and hands on what it writes.</summary>
internal sealed class PodCommand(ClusterConnection connection, CallContext context, CommandQuery query, FanOutSink sink)
{
    private const int LongestShown = 80;

    /// <summary>True once a server of the cluster has said that it cannot be told that an input ends.</summary>
    private volatile bool _neverEnds;

    /// <summary>The command as messages show it.</summary>
    public static string Shown(CommandQuery query) => MessageText.OneLine(query.Title, LongestShown);

    /// <summary>Runs it to its end. What fails is the result's fault.</summary>
    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    public async Task<KubeCommandResult> RunAsync(CommandTarget target, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var process = new ProcessQuery
        {
            Namespace = target.Namespace,
            Pod = target.Pod.Name,
            Container = target.Container,
            Command = query.Command,
            Input = query.Input is not null,
            ClosesInput = true,
            Operation = $"run '{Shown(query)}' in {target.Namespace}/{target.Pod.Name}",
        };
        var output = new CommandOutput(target, query, sink);
        using var limit = query.Limit is { } span ? new CancellationTokenSource(span, connection.Time) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var result = new KubeCommandResult
        {
            ClusterId = target.Cluster.ClusterId,
            ClusterName = target.Cluster.ClusterName,
            Namespace = target.Namespace,
            Pod = target.Pod.Name,
            Container = target.Container,
        };
        int? code = null;
        Fault? fault = null;
        try
        {
            code = await RunAsync(process, output, stop.Token).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            fault = e.Fault;
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            fault = ProcessFaults.TooLong(process, query.Limit!.Value) with { Cluster = target.Cluster };
        }

        await output.EndAsync(cancellationToken).ConfigureAwait(false);
        if (code is { } ended and not 0)
            fault = ProcessFaults.Failed(process, ended, output.LastError) with { Cluster = target.Cluster };
        result = result with { ExitCode = code, Fault = fault, Elapsed = connection.Time.GetElapsedTime(started), Error = output.ErrorText };
        sink.Keep(result);
        if (query.Raw)
            await sink.WriteAsync<KubeCommandResult>([result with { Output = output.OutputText, Bytes = output.OutputBytes }], cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<int> RunAsync(ProcessQuery process, CommandOutput output, CancellationToken cancellationToken)
    {
        using var running = await StartAsync(process, cancellationToken).ConfigureAwait(false);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = query.Input is { } input ? FeedAsync(running, input, reading.Token) : Task.CompletedTask;
        try
        {
            while (await running.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEnd: false } part)
                await output.TakeAsync(part, cancellationToken).ConfigureAwait(false);
            return running.ExitCode!.Value;
        }
        finally
        {
            // A command may end before it has read all that it was given.
            await reading.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    private static async Task FeedAsync(PodProcess running, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await running.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            await running.CloseInputAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FaultException or OperationCanceledException)
        {
            // Who reads what it writes hears why.
        }
    }

    /// <summary>
    /// Starts it. Servers before 1.30 cannot be told that an input ends: there a shell gives the command as many bytes as there are, which
    /// ends it as well.
    /// </summary>
    private async Task<PodProcess> StartAsync(ProcessQuery process, CancellationToken cancellationToken)
    {
        if (!_neverEnds || !process.Input)
        {
            try
            {
                return await PodProcess.StartAsync(connection, process, context, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (process.Input && ChannelFaults.IsUnknownProtocol(e.Fault))
            {
                _neverEnds = true;
            }
        }

        var length = query.Input!.Value.Length.ToString(CultureInfo.InvariantCulture);
        string[] counted = ["sh", "-c", "head -c \"$0\" | \"$@\"", length, .. process.Command!];
        context.Say?.Invoke($"The server cannot say that an input ends (v5.channel.k8s.io, 1.30): in {process.Namespace}/{process.Pod} it is counted by sh and head.");
        return await PodProcess.StartAsync(connection, process with { Command = counted, ClosesInput = false }, context, cancellationToken).ConfigureAwait(false);
    }
}
