using System.Xml.Linq;

namespace MultiCluster.ViewFiles;

/// <summary>The format file: per class a table, for kinds the table <c>wide</c>, and a list; then what Format-Wide and Format-Custom show of all.</summary>
internal static class FormatFile
{
    public static XDocument Of(IReadOnlyList<ShownType> shown) => new(
        new XComment(" Written by the build (build/ViewFiles) of the columns that the engine's classes declare. "),
        new XElement("Configuration", new XElement(
            "ViewDefinitions",
            shown.Where(static type => !type.IsByHand).SelectMany(Views).Concat(Words([.. shown.Where(static type => !type.IsKind)])).Select(static view => new object[] { "\n", view }))));

    private static IEnumerable<XElement> Views(ShownType type)
    {
        yield return View(type.Name, [type], Table(type.Table, type.Wraps, TableFit.Of(type)));
        if (type.HasWide)
            yield return View("wide", [type], Table(type.Wide, type.Wraps, TableFit.None));
        yield return View(type.Name, [type], new XElement("ListControl", new XElement("ListEntries", new XElement("ListEntry", new XElement("ListItems", type.List.Select(ListItem))))));
    }

    /// <summary>
    /// PowerShell takes properties as they are where there are no such views. Classes share them, since an object that does not fit the
    /// view that was begun is written as a list. Those of kinds are KubeObject's.
    /// </summary>
    private static IEnumerable<XElement> Words(ShownType[] shown) =>
    [
        .. shown.GroupBy(static type => type.Word.Property.Name).Select(static types => View(
            "Wide",
            types,
            new XElement("WideControl", new XElement("WideEntries", new XElement("WideEntry", new XElement("WideItem", types.First().Word.Elements())))))),
        View(
            "Custom",
            shown,
            new XElement("CustomControl", new XElement("CustomEntries", new XElement("CustomEntry", new XElement(
                "CustomItem",
                new XElement("ExpressionBinding", new XElement("ScriptBlock", "[MultiCluster.Module.Views.Cells]::Of[$_].Text")),
                new XElement("NewLine")))))),
    ];

    private static XElement View(string name, IEnumerable<ShownType> types, XElement control) =>
        new("View", new XElement("Name", name), new XElement("ViewSelectedBy", types.Select(static type => new XElement("TypeName", type.FullName))), control);

    private static XElement Table(IReadOnlyList<Cell> columns, bool wraps, Func<Cell, string> fit) => new(
        "TableControl",
        new XElement("TableHeaders", columns.Select(static column => new XElement(
            "TableColumnHeader",
            new XElement("Label", column.Label),
            column.Width > 0 ? new XElement("Width", column.Width) : null,
            column.IsRight ? new XElement("Alignment", "Right") : null))),
        new XElement("TableRowEntries", new XElement(
            "TableRowEntry",
            wraps ? new XElement("Wrap") : null,
            new XElement("TableColumnItems", columns.Select(column => new XElement("TableColumnItem", column.ColumnElements(fit(column))))))));

    private static XElement ListItem(Cell item) =>
        new("ListItem", item.IsPlainProperty && item.Name == item.Property.Name ? null : new XElement("Label", item.Name), item.Elements());
}
