using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Caching;

/// <summary>Selectors that are applied to a cache's objects as a server applies them.</summary>
internal sealed class CacheFilter(string? labelSelector, string? fieldSelector)
{
    private readonly LabelMatch? _labels = string.IsNullOrEmpty(labelSelector) ? null : LabelMatch.Of(labelSelector);
    private readonly FieldMatch _fields = new(fieldSelector);

    /// <summary>Whether there are any.</summary>
    public bool Selects => labelSelector is not null || fieldSelector is not null;

    /// <summary>Whether an object fits.</summary>
    public bool Matches(KubeObject item) => _labels?.Matches(item.LabelsJson) is not false && _fields.Matches(item.Root);
}
