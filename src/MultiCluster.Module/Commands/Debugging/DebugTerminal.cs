using MultiCluster.Exec;
using MultiCluster.Faults;

namespace MultiCluster.Module.Commands.Debugging;

/// <summary>Where a container that was started with a terminal is handed over to the user's.</summary>
internal static class DebugTerminal
{
    /// <summary>Attaches the user's terminal to the container's own process, until that is left.</summary>
    /// <exception cref="FaultException">There is no terminal to attach.</exception>
    public static Task AttachAsync(CommandTarget target, CancellationToken cancellationToken) => Task.FromException(new FaultException(
        FaultPhase.Invalid,
        "-Interactive needs Enter-KubePod",
        $"The container was started: kubectl attach -it {target.Pod.Name} -c {target.Container} -n {target.Namespace} reaches it as long as it is there."));
}
