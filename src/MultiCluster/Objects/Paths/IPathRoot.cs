namespace MultiCluster.Objects.Paths;

/// <summary>What finds its fields by name, whatever the name's case.</summary>
internal interface IPathRoot
{
    /// <summary>The field of that name; false when there is none.</summary>
    bool TryGetField(string name, out object? value);
}
