using System.Runtime.InteropServices;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials;

/// <summary>
/// Runs exec plugins for all clusters of a pool: one process for all who need the same credential, kept until it expires,
/// and never two that could ask the user something.
/// </summary>
/// <param name="time">Clock of expiry and of the bounds on a run.</param>
/// <param name="prompt">Shows what an interactive plugin writes to stderr, as it comes: the address to open, the code to type.</param>
internal sealed class ExecPluginRunner(TimeProvider time, Action<string>? prompt = null) : IDisposable
{
    /// <summary>A credential is renewed this long before it expires, or at half of its life when that is shorter than a minute.</summary>
    internal static readonly TimeSpan ExpiryMargin = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<ExecKey, Entry> _entries = [];
    private readonly HashSet<ExecFlight> _running = [];
    private readonly SemaphoreSlim _terminal = new(1, 1);
    private PosixSignalRegistration[] _signals = [];
    private bool _disposed;

    /// <summary>The credential that <paramref name="exec"/> prints, from memory when it is still good.</summary>
    /// <remarks>Cancelling leaves the plugin running while others wait for it; the last one to leave ends it.</remarks>
    /// <exception cref="FaultException">The plugin cannot run, failed, hung, or printed no usable credential.</exception>
    public async Task<ExecCredentialResult> GetAsync(
        ExecConfig exec, KubeconfigCluster cluster, ExecContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var interactive = ExecPlugin.IsInteractive(exec, context);
        var key = ExecKey.Of(exec, cluster);
        Entry entry;
        ExecFlight flight;
        var start = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            entry = FindOrAdd(key);
            if (entry.Result is { } known && !IsStale(entry) && !entry.RejectedBy.Contains(context.ClusterId))
                return known;
            // Who can answer a prompt does not wait for a run that fails where it would have to ask.
            if (entry.Flight is null || (interactive && !entry.Flight.IsInteractive))
            {
                entry.Flight = new ExecFlight(interactive);
                Add(entry.Flight);
                start = true;
            }

            flight = entry.Flight;
            flight.Waiters++;
        }

        if (start)
            _ = FlyAsync(entry, flight, exec, cluster);
        try
        {
            return await flight.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(entry, flight);
        }
    }

    /// <summary>
    /// The asking cluster's server rejected <paramref name="rejected"/>: that cluster's next call runs the plugin again. Other clusters
    /// go on with what works for them until the new credential is there.
    /// </summary>
    public void Invalidate(ExecConfig exec, KubeconfigCluster cluster, ExecContext context, ExecCredentialResult rejected)
    {
        var key = ExecKey.Of(exec, cluster);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Result == rejected)
                entry.RejectedBy.Add(context.ClusterId);
        }
    }

    /// <summary>Ends the plugins that run, with all that they have started, and forgets all credentials. They are gone afterwards.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _entries.Clear();
        }

        KillAll();
    }

    private void KillAll()
    {
        ExecFlight[] flights;
        lock (_gate)
            flights = [.. _running];
        foreach (var flight in flights)
            flight.Kill();
    }

    // Nothing in this process runs any more when it ends, and a plugin that waits for somebody would wait for ever. A process that is
    // killed (SIGKILL) is not asked.
    private void Add(ExecFlight flight)
    {
        if (_running.Count == 0)
        {
            AppDomain.CurrentDomain.ProcessExit += OnProcessExit;

            // Since .NET 10 these end a process without its ProcessExit.
            _signals = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => KillAll()), PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => KillAll())];
        }

        _running.Add(flight);
    }

    private void Remove(ExecFlight flight)
    {
        _running.Remove(flight);
        if (_running.Count > 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        foreach (var signal in _signals)
            signal.Dispose();
        _signals = [];
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private bool IsStale(Entry entry) => time.GetUtcNow() >= entry.RenewAt;

    private DateTimeOffset RenewalOf(ExecCredentialResult result)
    {
        if (result.Expires is not { } expires)
            return DateTimeOffset.MaxValue;
        var half = (expires - time.GetUtcNow()) / 2;
        return expires - (half < ExpiryMargin ? half : ExpiryMargin);
    }

    private Entry FindOrAdd(ExecKey key)
    {
        if (_entries.TryGetValue(key, out var entry))
            return entry;
        foreach (var (other, old) in _entries)
        {
            if (old.Flight is null && (old.Result is null || IsStale(old)))
                _entries.Remove(other);
        }

        return _entries[key] = new Entry();
    }

    private void Leave(Entry entry, ExecFlight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiters > 0 || flight.Result.IsCompleted)
                return;
            // Nobody may join a run that is being ended.
            if (entry.Flight == flight)
                entry.Flight = null;
        }

        flight.Dispose();
    }

    private async Task FlyAsync(Entry entry, ExecFlight flight, ExecConfig exec, KubeconfigCluster cluster)
    {
        ExecCredentialResult? result = null;
        Exception? failure = null;
        try
        {
            result = await RunAsync(exec, cluster, flight).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_gate)
        {
            Remove(flight);
            if (entry.Flight == flight)
                entry.Flight = null;
            if (result is not null)
            {
                entry.Result = result;
                entry.RenewAt = RenewalOf(result);
                entry.RejectedBy.Clear();
            }
        }

        flight.Complete(result, failure);
    }

    private async Task<ExecCredentialResult> RunAsync(ExecConfig exec, KubeconfigCluster cluster, ExecFlight flight)
    {
        var plugin = new ExecPlugin(exec, cluster, flight.IsInteractive, time);
        if (!flight.IsInteractive)
            return await plugin.RunAsync(flight.Tree, prompt: null, flight.Stopping).ConfigureAwait(false);
        await _terminal.WaitAsync(flight.Stopping).ConfigureAwait(false);
        try
        {
            return await plugin.RunAsync(flight.Tree, prompt, flight.Stopping).ConfigureAwait(false);
        }
        finally
        {
            _terminal.Release();
        }
    }

    private sealed class Entry
    {
        public ExecCredentialResult? Result { get; set; }

        public DateTimeOffset RenewAt { get; set; }

        public ExecFlight? Flight { get; set; }

        /// <summary>Ids of the clusters whose server rejected <see cref="Result"/>.</summary>
        public HashSet<string> RejectedBy { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>What makes the credentials of two runs the same: all that the process is given, but not whether it may ask the user.</summary>
internal sealed record ExecKey(string Command, string Args, string Env, string? ApiVersion, KubeconfigCluster? Cluster)
{
    /// <summary>The key of a run; the cluster counts only where the plugin is told about it.</summary>
    public static ExecKey Of(ExecConfig exec, KubeconfigCluster cluster) => new(
        exec.Command,
        string.Join('\0', exec.Args),
        string.Join('\0', exec.Env.Select(static variable => $"{variable.Key}={variable.Value}")),
        exec.ApiVersion,
        exec.ProvideClusterInfo ? cluster with { Name = "" } : null);

    /// <inheritdoc/>
    // Arguments and variables may be secret.
    public override string ToString() => Command;
}
