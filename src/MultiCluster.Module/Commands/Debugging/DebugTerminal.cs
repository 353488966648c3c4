using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Exec;
using MultiCluster.Exec.Terminals;
using MultiCluster.Faults;

namespace MultiCluster.Module.Commands.Debugging;

/// <summary>Where a container that was started with a terminal is handed over to the user's, as Enter-KubePod -Attach does it.</summary>
internal static class DebugTerminal
{
    private const string DetachKeys = "ctrl-p,ctrl-q";

    /// <summary>Looks whether there is a terminal, before anything is made for it.</summary>
    /// <exception cref="FaultException">There is none.</exception>
    public static void Check(string host)
    {
        if (!LocalTerminal.IsThere || host != "ConsoleHost")
            throw new FaultException(LocalTerminal.NoTerminal());
    }

    /// <summary>Attaches the terminal to the container's own process, until that ends or is left.</summary>
    /// <exception cref="FaultException">It cannot be attached to.</exception>
    public static Task AttachAsync(ClusterConnection connection, CommandTarget target, CancellationToken cancellationToken)
    {
        var query = new ProcessQuery
        {
            Namespace = target.Namespace,
            Pod = target.Pod.Name,
            Container = target.Container,
            Operation = $"attach to {target.Container} of {target.Namespace}/{target.Pod.Name}",
        };

        // A line of Verbose in the middle would stand in the program's screen.
        return new PodTerminal(connection, query, CallContext.Default).RunAsync([], LocalTerminal.Open, DetachKeys, cancellationToken);
    }
}
