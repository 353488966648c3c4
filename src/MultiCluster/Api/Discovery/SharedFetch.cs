namespace MultiCluster.Api.Discovery;

/// <summary>
/// One request for all who ask at the same time. Each waits with a token of its own; the request is cancelled when the last has left.
/// </summary>
internal sealed class SharedFetch<T>(Func<CancellationToken, Task<T>> fetch)
{
    private readonly Lock _gate = new();
    private Flight? _current;

    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flight flight;
        lock (_gate)
        {
            flight = _current ??= new Flight(fetch);
            flight.Waiting++;
        }

        try
        {
            return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(flight);
        }
    }

    private void Leave(Flight flight)
    {
        lock (_gate)
        {
            // Whoever asks after the answer is there asks anew.
            if (_current == flight && (flight.Waiting == 1 || flight.Task.IsCompleted))
                _current = null;
            if (--flight.Waiting > 0)
                return;
        }

        flight.Dispose();
    }

    private sealed class Flight : IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();
        private readonly Lazy<Task<T>> _task;

        // Lazy: the request starts outside the lock.
        public Flight(Func<CancellationToken, Task<T>> fetch) => _task = new(() => fetch(_abandoned.Token));

        public int Waiting { get; set; }

        public Task<T> Task => _task.Value;

        public void Dispose()
        {
            _abandoned.Cancel();
            _abandoned.Dispose();
        }
    }
}
