using System.ComponentModel;
using System.Diagnostics;

namespace MultiCluster.Credentials;

/// <summary>The process of one run of a plugin and all that it has started. Ending it ends them all, and waits until they are gone.</summary>
internal sealed class PluginTree : IDisposable
{
    /// <summary>How long ending may take: what is killed is gone within milliseconds, unless the system is busy with its files.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private Process? _process;
    private PluginJob? _job;
    private bool _killed;

    /// <summary>Starts the plugin.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The tree has been ended already.</exception>
    public Process Start(ProcessStartInfo start)
    {
        start.Environment[MarkedProcesses.Variable] = _mark;
        lock (_gate)
        {
            if (_killed)
                throw new OperationCanceledException();
            _process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
            if (OperatingSystem.IsWindows())
                _job = PluginJob.Of(_process);
            return _process;
        }
    }

    /// <summary>Ends the plugin and all that it has started; nothing is started afterwards.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _killed = true;
            if (_process is null)
                return;
            KillRoot(_process);

            // Whoever lost its parent is still in the job, or is found by the mark that it has inherited.
            if (OperatingSystem.IsWindows())
                _job?.Kill();
            MarkedProcesses.Kill(_mark, Bound);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _killed = true;
            if (OperatingSystem.IsWindows())
                _job?.Dispose();
            _process?.Dispose();
            (_process, _job) = (null, null);
        }
    }

    private static void KillRoot(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Bound);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException or Win32Exception)
        {
            // It ended by itself meanwhile, or one of its children did.
        }
    }
}
