using System.Diagnostics;

namespace MultiCluster.Credentials;

/// <summary>How a plugin's process ended.</summary>
internal sealed record ExecPluginExit(int Code, ReadOnlyMemory<byte> Output, bool OutputTooLong, ReadOnlyMemory<byte> Error, bool ErrorIsCut);

/// <summary>A plugin's process: bounded output, and no child left behind when it is ended early.</summary>
internal static class ExecPluginProcess
{
    /// <summary>Bytes that a plugin may print.</summary>
    internal const int MaxOutput = 1024 * 1024;

    /// <summary>Bytes of stderr that are kept, from its end.</summary>
    internal const int MaxError = 4 * 1024;

    /// <summary>How long the pipes may stay open after the exit: a daemon that the plugin started may hold them for ever.</summary>
    internal static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <summary>A shell's exit codes above this, and .NET's, tell of a signal.</summary>
    private const int FirstSignal = 128;

    /// <summary>STATUS_CONTROL_C_EXIT of Windows, where other codes are the program's own.</summary>
    private const int ControlC = unchecked((int)0xC000013A);

    /// <summary>Whether a process was ended by Ctrl+C, or another signal.</summary>
    internal static bool IsOfSignal(int exitCode, bool windows) => windows ? exitCode == ControlC : exitCode > FirstSignal;

    /// <summary>Runs the process to its end; cancelling kills it and all that it has started.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<ExecPluginExit> RunAsync(
        ProcessStartInfo start, PluginTree tree, Action<string>? prompt, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var process = tree.Start(start);
        using var readers = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = false;
        try
        {
            if (start.RedirectStandardInput)
                process.StandardInput.Close();
            var output = new CapturedPipe(process.StandardOutput.BaseStream, MaxOutput, keepEnd: false, echo: null);
            var error = new CapturedPipe(process.StandardError.BaseStream, MaxError, keepEnd: true, prompt);
            var outputEnd = output.ReadAsync(readers.Token);
            var errorEnd = error.ReadAsync(readers.Token);
            var exit = process.WaitForExitAsync(cancellationToken);
            await Task.WhenAny(exit, output.Full).ConfigureAwait(false);
            if (!output.Full.IsCompleted)
            {
                await exit.ConfigureAwait(false);
                ended = true;

                // A terminal sends Ctrl+C to the plugin, too, which may be faster than what cancels here; its children may not have listened.
                if (IsOfSignal(process.ExitCode, OperatingSystem.IsWindows()))
                    tree.Kill();
                var reading = process.ExitCode == 0 ? outputEnd : Task.WhenAll(outputEnd, errorEnd);
                await Task.WhenAny(reading, Task.Delay(PipeGrace, time, readers.Token)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return new ExecPluginExit(ended ? process.ExitCode : 0, output.Captured, output.Full.IsCompleted, error.Captured, error.IsCut);
        }
        finally
        {
            await readers.CancelAsync().ConfigureAwait(false);
            if (!ended || cancellationToken.IsCancellationRequested)
                tree.Kill();
        }
    }
}
