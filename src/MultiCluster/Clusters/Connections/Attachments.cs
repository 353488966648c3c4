using System.Collections.Concurrent;

namespace MultiCluster.Clusters;

/// <summary>
/// What upper floors keep with a cluster's connection or a session's pool, one of each type, made when it is first asked for. So nothing of
/// them is static, and a lower floor need not know them.
/// </summary>
internal sealed class Attachments
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _parts = new();

    /// <summary>The part of that type.</summary>
    public T Get<T>(Func<T> make)
        where T : class => (T)_parts.GetOrAdd(typeof(T), _ => new Lazy<object>(make)).Value;
}
