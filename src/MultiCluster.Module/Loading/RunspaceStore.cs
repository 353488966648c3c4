using System.Management.Automation.Runspaces;

namespace MultiCluster.Module.Loading;

/// <summary>One value per runspace, ended when the module is removed from the runspace and when the runspace closes.</summary>
/// <typeparam name="T">The value: the runspace's pool.</typeparam>
internal sealed class RunspaceStore<T>
    where T : class, IAsyncDisposable
{
    /// <summary>How long a removed module or a closing runspace waits for what the value still does.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SessionStore<Runspace, T> _store = new();
    private readonly Func<T> _create;

    /// <summary>Makes values with <paramref name="create"/> when they are first asked for.</summary>
    internal RunspaceStore(Func<T> create)
    {
        _create = create;
        ModuleInitializer.Removed += Close;
    }

    /// <summary>The value of the runspace on whose pipeline thread this is called.</summary>
    internal T Current
    {
        get
        {
            var runspace = Runspace.DefaultRunspace
                ?? throw new InvalidOperationException("This thread has no runspace: the pool can be asked for on a pipeline thread only.");
            var value = _store.Get(runspace, _create, out var created);
            if (created)
                runspace.StateChanged += OnStateChanged;
            return value;
        }
    }

    /// <summary>Gives a runspace its value, and ends the one that it has.</summary>
    internal void Set(Runspace runspace, T value)
    {
        Close(runspace);
        _store.Get(runspace, () => value, out _);
        runspace.StateChanged += OnStateChanged;
    }

    private void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (sender is Runspace runspace && e.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            Close(runspace);
    }

    private void Close(Runspace runspace)
    {
        runspace.StateChanged -= OnStateChanged;
        Task.WaitAny([_store.CloseAsync(runspace).AsTask()], Farewell);
    }
}
