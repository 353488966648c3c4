using MultiCluster.Faults;
using Spectre.Console;

namespace MultiCluster.Picking;

/// <summary>Lets a person tick clusters in a list in the terminal. Duplicate names cannot be ticked, and say why.</summary>
internal static class ClusterPicker
{
    /// <summary>Shows the list until the user accepts or cancels, then clears it away.</summary>
    /// <param name="items">What there is to pick from, in the order to show.</param>
    /// <param name="console">The terminal.</param>
    /// <param name="cancellationToken">Ends the picking.</param>
    /// <returns>The ticked items in the order of the list, possibly none; <see langword="null"/> when the user cancelled.</returns>
    /// <exception cref="FaultException">The console is no terminal that a person sits at (<see cref="FaultPhase.Invalid"/>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The terminal is as it was.</exception>
    public static async Task<IReadOnlyList<PickItem>?> PickAsync(IReadOnlyList<PickItem> items, IAnsiConsole console, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(console);
        if (!PickTerminal.IsThere(console))
        {
            throw new FaultException(
                FaultPhase.Invalid,
                "picking clusters interactively needs a terminal",
                "Name the clusters instead: Select-KubeCluster -Name <name>, or -Id, -Group or -All.");
        }

        return await console.ExclusivityMode.RunAsync(() => new PickSession(items, console).RunAsync(cancellationToken)).ConfigureAwait(false);
    }
}
