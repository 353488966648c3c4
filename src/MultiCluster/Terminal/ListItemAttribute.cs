namespace MultiCluster.Terminal;

/// <summary>A line of the list: of a property that is no column, or of one that is shown otherwise than in the table.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
internal sealed class ListItemAttribute(string? label = null) : CellAttribute(label);
