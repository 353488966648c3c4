using System.Runtime.InteropServices;

namespace MultiCluster.Sandbox.Commands;

/// <summary><c>up</c>: runs clusters until it is told to stop. Standard output is the kubeconfig's path alone.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(CommandOptions options)
    {
        var stop = new TaskCompletionSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var session = await SandboxSession.StartAsync(options);
        Console.WriteLine(session.Kubeconfig);
        await Console.Error.WriteLineAsync($"{session.Fleet.Clusters.Count} clusters are running. Press Ctrl+C (or send SIGTERM to {Environment.ProcessId}) to stop them.");
        await stop.Task;
        return 0;
    }
}
