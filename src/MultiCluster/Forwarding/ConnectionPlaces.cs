namespace MultiCluster.Forwarding;

/// <summary>
/// So many connections of one forward at once; the others wait where the system keeps them. One whose client has said that it sends nothing
/// more takes no place, since that is how clients leave, too; of these as many are kept, and the oldest goes for the next one.
/// </summary>
/// <param name="most">How many.</param>
internal sealed class ConnectionPlaces(int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most, most);
    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _lingering = [];

    /// <summary>Waits for a place.</summary>
    public async Task<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Place(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    /// <summary>The place of one connection, until it is disposed.</summary>
    internal sealed class Place(ConnectionPlaces places) : IDisposable
    {
        private LinkedListNode<Place>? _node;
        private Action? _end;
        private int _left;

        /// <summary>Gives the place to the next one and stays on, at most until <paramref name="end"/> is called.</summary>
        public void Linger(Action end)
        {
            Action? oldest = null;
            lock (places._gate)
            {
                _end = end;
                _node = places._lingering.AddLast(this);
                if (places._lingering.Count > places.Most)
                {
                    oldest = places._lingering.First!.Value._end;
                    places._lingering.First.Value._node = null;
                    places._lingering.RemoveFirst();
                }
            }

            Leave();
            oldest?.Invoke();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (places._gate)
            {
                if (_node is { } node)
                    places._lingering.Remove(node);
                _node = null;
            }

            Leave();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                places._free.Release();
        }
    }

    private int Most => most;
}
