using MultiCluster.Faults;

namespace MultiCluster.Exec.Terminals;

/// <summary>
/// This machine's terminal in raw mode: keys come as they are typed, Ctrl+C among them, and what is written is shown as it is. Disposing it gives
/// the terminal back as it was.
/// </summary>
internal abstract class LocalTerminal : IDisposable
{
    /// <summary>Whether there is a terminal, which somebody types at and looks at.</summary>
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Its size in characters.</summary>
    public abstract (int Width, int Height) Size { get; }

    /// <summary>Takes this machine's terminal.</summary>
    /// <exception cref="FaultException">There is none (Invalid).</exception>
    public static LocalTerminal Open() => !IsThere
        ? throw new FaultException(NoTerminal())
        : OperatingSystem.IsWindows() ? WindowsTerminal.Take() : UnixTerminal.Take();

    /// <summary>That there is no terminal.</summary>
    public static Fault NoTerminal() => new()
    {
        Phase = FaultPhase.Invalid,
        Detail = "there is no terminal here: its input or its output is redirected",
        Advice = "Run a command with Invoke-KubeCommand, or come back from a terminal.",
    };

    /// <summary>What is typed next; 0 when nothing was within a tenth of a second, -1 when the terminal is gone. Blocks no longer.</summary>
    public abstract int Read(Span<byte> keys);

    /// <summary>Shows bytes as they are.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <inheritdoc/>
    public abstract void Dispose();
}
