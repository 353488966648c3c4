using MultiCluster.Objects;

namespace MultiCluster.Waiting;

/// <summary>An object that is still waited for.</summary>
internal sealed class AwaitedObject(WaitTarget target, string? ns)
{
    public WaitTarget Target => target;

    /// <summary>Its namespace; null for kinds of the whole cluster.</summary>
    public string? Namespace => ns;

    /// <summary>The object as it was last; null while it has not been seen.</summary>
    public KubeObject? Last { get; set; }

    /// <summary>What is missing.</summary>
    public string? Lacks { get; set; }

    public override string ToString() => ns is null ? target.Name : $"{ns}/{target.Name}";
}
