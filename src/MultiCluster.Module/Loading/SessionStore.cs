using System.Runtime.CompilerServices;

namespace MultiCluster.Module.Loading;

/// <summary>One value per session, made when it is first asked for. A session that is collected takes its value along.</summary>
/// <typeparam name="TSession">What a session is known by: the runspace.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
internal sealed class SessionStore<TSession, TValue>
    where TSession : class
    where TValue : class, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<TSession, TValue> _values = [];

    /// <summary>The session's value, made with <paramref name="create"/> when it has none, and whether it was made just now.</summary>
    internal TValue Get(TSession session, Func<TValue> create, out bool created)
    {
        lock (_gate)
        {
            created = !_values.TryGetValue(session, out var value);
            if (created)
                _values.Add(session, value = create());
            return value!;
        }
    }

    /// <summary>Ends the session's value. The next <see cref="Get"/> makes a new one.</summary>
    internal ValueTask CloseAsync(TSession session)
    {
        TValue? value;
        lock (_gate)
        {
            if (!_values.TryGetValue(session, out value))
                return ValueTask.CompletedTask;
            _values.Remove(session);
        }

        return value.DisposeAsync();
    }
}
