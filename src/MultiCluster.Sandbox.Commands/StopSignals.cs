using System.Runtime.InteropServices;

namespace MultiCluster.Sandbox.Commands;

/// <summary>Ctrl+C, SIGTERM and the end of the terminal, as a token: what runs ends and cleans up.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public StopSignals(params IEnumerable<PosixSignal> signals) =>
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    public CancellationToken Token => _stop.Token;

    /// <summary>What a shell says of a program that the signal ended; 0 when none came.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        var number = context.Signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            _ => 15,
        };
        if (Interlocked.CompareExchange(ref _exitCode, 128 + number, 0) == 0) _stop.Cancel();
    }
}
