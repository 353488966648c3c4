using MultiCluster.Objects;

namespace MultiCluster.Overview;

/// <summary>Parts of a whole.</summary>
internal static class Share
{
    /// <summary>In whole percent; null where one of them is not known, or there is nothing to have a part of.</summary>
    public static int? Of(Quantity? part, Quantity? whole) =>
        part is { } some && whole is { Value: > 0 } all ? (int)Math.Min(int.MaxValue, Math.Round(some.Value * 100 / all.Value)) : null;
}
