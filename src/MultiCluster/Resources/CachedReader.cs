using MultiCluster.Caching;
using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>The selectors of a query, applied here.</summary>
internal sealed class CachedFilter(ResourceQuery query)
{
    private readonly LabelMatch? _labels = string.IsNullOrEmpty(query.LabelSelector) ? null : LabelMatch.Of(query.LabelSelector);
    private readonly FieldMatch _fields = new(query.FieldSelector);

    /// <summary>Whether there are any.</summary>
    public bool Selects => query.LabelSelector is not null || query.FieldSelector is not null;

    /// <summary>Whether an object fits.</summary>
    public bool Matches(KubeObject item) => _labels?.Matches(item.LabelsJson) is not false && _fields.Matches(item.Root);
}

/// <summary>Reads one kind of one cluster out of its live cache, as a server would answer.</summary>
internal sealed class CachedReader(CachedFilter filter, NameFilter names, FirstCount first, KindCache cache, FanOutSink sink)
{
    /// <summary>Objects that go on together: who reads them sees the first soon.</summary>
    private const int Piece = 500;

    /// <summary>Reads a namespace, or with null the whole cluster. An exact name that is not there is a fault.</summary>
    public async Task ReadAsync(string? ns, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(names.Exact, StringComparer.Ordinal);
        foreach (var piece in cache.Read(ns).Chunk(Piece))
        {
            var wanted = piece.Where(item => names.Matches(item.Name) && filter.Matches(item)).ToList();
            missing.ExceptWith(missing.Count == 0 ? [] : wanted.Select(static item => item.Name));
            var taken = first.Take(wanted.Count);
            await sink.WriteAsync<KubeObject>(taken == wanted.Count ? wanted : wanted[..taken], cancellationToken).ConfigureAwait(false);
            if (first.IsReached)
                return;
        }

        foreach (var lacking in names.Exact.Where(missing.Contains))
            await sink.FaultAsync(MissingName.Fault(cache.Kind, ns, lacking, filter.Selects), lacking, cancellationToken).ConfigureAwait(false);
    }
}
