using MultiCluster.Terminal;

namespace MultiCluster.Objects.Json;

/// <summary>An entry of a <see cref="KubeMap"/> as it is shown: a type that has a table of its own.</summary>
public sealed class KubeMapEntry
{
    internal KubeMapEntry(string name, object? value) => (Name, Value) = (name, value);

    /// <summary>The name.</summary>
    [Column]
    public string Name { get; }

    /// <summary>The value.</summary>
    [Column]
    [ListItem]
    public object? Value { get; }

    /// <inheritdoc/>
    public override string ToString() => $"[{Name}, {Value}]";
}
