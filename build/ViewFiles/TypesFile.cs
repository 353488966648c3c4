using System.Xml.Linq;
using MultiCluster.Objects;

namespace MultiCluster.ViewFiles;

/// <summary>
/// The types file: what PowerShell lists of an object where it does not fit the table that was begun, as the second kind in a stream of
/// several; and what it lists first of all that a row has.
/// </summary>
internal static class TypesFile
{
    public static XDocument Of(IReadOnlyList<ShownType> shown, IEnumerable<Type> rows) => new(
        new XComment(" Written by the build (build/ViewFiles) of the columns that the engine's classes declare. "),
        new XElement("Types", rows.Select(FirstColumns.Of).Concat(shown.Where(static type => type.IsKind).Select(Type)).Select(static type => new object[] { "\n", type })));

    private static XElement Type(ShownType type) => new(
        "Type",
        new XElement("Name", type.FullName),
        new XElement("Members", new XElement(
            "MemberSet",
            new XElement("Name", "PSStandardMembers"),
            new XElement("Members", new XElement(
                "PropertySet",
                new XElement("Name", "DefaultDisplayPropertySet"),
                new XElement("ReferencedProperties", Names(type).Select(static name => new XElement("Name", name))))))));

    /// <summary>The table's columns, and behind the cluster the kind, which no headers tell here.</summary>
    private static IEnumerable<string> Names(ShownType type)
    {
        foreach (var column in type.Table)
        {
            yield return column.Property.Name;
            if (column.Property.Name == nameof(KubeObject.ClusterName))
                yield return nameof(KubeObject.Kind);
        }
    }
}
