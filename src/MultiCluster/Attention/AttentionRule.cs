using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention;

/// <summary>
/// What is worth a look, of one sort. A rule is made anew for each cluster, sees its objects one after the other while they arrive, and keeps
/// as little of them as it can.
/// </summary>
/// <param name="name">What the user calls it.</param>
/// <param name="what">What it finds, in a few words.</param>
internal abstract class AttentionRule(string name, string what)
{
    /// <summary>How long what has just begun may go on before it is worth a look.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>What the user calls it.</summary>
    public string Name => name;

    /// <summary>What it finds, in a few words.</summary>
    public string What => what;

    /// <summary>The kinds that it looks at.</summary>
    public virtual IReadOnlyList<InventoryKind> Kinds => [];

    /// <summary>Looks at one object.</summary>
    public virtual void Look(KubeObject item, AttentionScan scan)
    {
    }

    /// <summary>Everything has been looked at: says what only all together tell.</summary>
    public virtual void Conclude(AttentionScan scan)
    {
    }
}
