using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Exec.Terminals;

/// <summary>A terminal in a container: with a command, the first shell that it has, or its own process.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="query">The container, and what runs there; without a command it is attached to.</param>
/// <param name="context">What the call brings along.</param>
internal sealed class PodTerminal(ClusterConnection connection, ProcessQuery query, CallContext context)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    /// <summary>The shells that are tried, in their order.</summary>
    public static IReadOnlyList<string> Shells => ["sh", "bash", "ash", "powershell"];

    /// <summary>Gives this machine's terminal to it until it ends, or is left.</summary>
    /// <param name="shells">The programs of which the first that is there is run; none for the query's own command.</param>
    /// <param name="open">Takes this machine's terminal.</param>
    /// <param name="detach">The keys that leave it; empty for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code; null when it was left.</returns>
    /// <exception cref="FaultException">There is no such program (NotFound), no terminal here (Invalid), or the cluster fails.</exception>
    public async Task<int?> RunAsync(IReadOnlyList<string> shells, Func<LocalTerminal> open, string detach, CancellationToken cancellationToken)
    {
        if (shells.Count == 0)
            return await RunAsync(query, open, detach, cancellationToken).ConfigureAwait(false);
        foreach (var shell in shells)
        {
            try
            {
                var started = connection.Time.GetTimestamp();
                var code = await RunAsync(query with { Command = [shell] }, open, detach, cancellationToken).ConfigureAwait(false);
                if (code is not (126 or 127) || connection.Time.GetElapsedTime(started) > AtOnce)
                    return code;
            }
            catch (FaultException e) when (e.Fault.Reason == ProcessFaults.MissingProgramReason)
            {
                // The next one may be there.
            }

            context.Say?.Invoke($"Container {query.Container} of pod {query.Namespace}/{query.Pod} has no {shell}.");
        }

        throw new FaultException(new Fault
        {
            Phase = FaultPhase.NotFound,
            Cluster = connection.Identity,
            Operation = query.Operation,
            Detail = $"the container has none of {string.Join(", ", shells)}",
            Advice = "Name its shell with -Command, or bring one with Debug-KubePod -Interactive.",
        });
    }

    private async Task<int?> RunAsync(ProcessQuery what, Func<LocalTerminal> open, string detach, CancellationToken cancellationToken)
    {
        using var process = await PodProcess.StartAsync(connection, what with { Input = true, Tty = true }, context, cancellationToken).ConfigureAwait(false);
        using var terminal = open();
        return await new TerminalSession(process, terminal, DetachKeys.Of(detach)).RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
