using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Tests.Views;

/// <summary>What holds for every view in the format files.</summary>
public sealed partial class ViewFileTests
{
    private static readonly XElement[] All =
        [.. Directory.GetFiles(Path.GetDirectoryName(Shell.Manifest)!, "*.Format.ps1xml").Order(StringComparer.Ordinal).SelectMany(static file => XDocument.Load(file).Descendants("View"))];

    /// <summary>The tables, by their type and their name.</summary>
    public static TheoryData<string, string> Tables => [.. All.Where(static view => view.Element("TableControl") is not null).Select(static view => (TypeOf(view), view.Element("Name")!.Value))];

    /// <summary>The classes of kinds.</summary>
    public static TheoryData<string> Kinds => [.. typeof(KubeObject).Assembly.GetTypes().Where(static type => type.IsAssignableTo(typeof(KubeObject)) && !type.IsAbstract).Select(static type => type.FullName!)];

    /// <summary>The classes of ours whose objects cmdlets write.</summary>
    public static TheoryData<string> Outputs =>
    [
        .. typeof(Module.Views.Cells).Assembly.GetTypes()
            .SelectMany(static type => type.GetCustomAttributes(typeof(OutputTypeAttribute), inherit: false).Cast<OutputTypeAttribute>())
            .SelectMany(static output => output.Type)
            .Select(static output => output.Type)
            .Where(static type => type?.Assembly == typeof(KubeObject).Assembly)
            .Select(static type => type == typeof(KubeTree) ? typeof(KubeMapEntry) : type) // of a table PowerShell shows the entries
            .Select(static type => type.FullName!)
            .Distinct(),
    ];

    /// <summary>The types that have views; of the tables of one type, those made for a purpose are named <c>Type#Purpose</c>.</summary>
    public static TheoryData<string> Types => [.. All.Select(TypeOf).Distinct()];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_a_header_for_each_column(string type, string name) => Assert.Equal(Items(type, name).Length, Headers(type, name).Length);

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_begins_with_the_cluster(string type, string name)
    {
        if (type is "MultiCluster.FanOut.FanOutReport" or "MultiCluster.Clusters.ConnectionChange" or "MultiCluster.Objects.Json.KubeMapEntry" or "MultiCluster.Changes.KubeFieldChange" or "MultiCluster.Changes.KubeFieldConflict"
            or "MultiCluster.Comparing.KubeDifference" or "MultiCluster.Images.KubeImage")
            return; // of many clusters, of one that is being looked at, and parts of what has a cluster

        // The source of a log line begins with its cluster.
        var first = type.Contains("KubeLogLine", StringComparison.Ordinal) ? "Source" : "ShortName";
        Assert.Equal($"[MultiCluster.Module.Views.Cells]::Of[$_].{first}", Items(type, name)[0].Element("ScriptBlock")?.Value);
        Assert.NotNull(ShownType(type).GetProperty("ClusterName"));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_fits_120_columns_unless_it_is_the_wide_one(string type, string name)
    {
        if (name == "wide")
            return;
        var items = Items(type, name);
        var widths = Headers(type, name).Select((header, i) =>
            header.Element("Width") is { } width ? int.Parse(width.Value, CultureInfo.InvariantCulture) : (header.Element("Label") ?? items[i].Element("PropertyName"))?.Value.Length ?? 0);

        Assert.InRange(widths.Sum() + items.Length - 1, 1, 120);
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void What_a_cmdlet_writes_has_views(string type) => Assert.Contains(All, view => TypeOf(view) == type);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_a_table_a_wide_table_and_a_list(string type)
    {
        var views = All.Where(view => TypeOf(view) == type).ToArray();

        Assert.Equal([type.Split('.')[^1], "wide"], views.Where(static view => view.Element("TableControl") is not null).Select(static view => view.Element("Name")!.Value));
        Assert.Single(views, static view => view.Element("ListControl") is not null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PowerShell_fits_a_kinds_columns_to_what_they_hold(string type) =>
        Assert.All(All.Where(view => TypeOf(view) == type), static view => Assert.Empty(view.Descendants("Width")));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_listed_of_a_kind_that_does_not_fit_a_table_exists(string type)
    {
        var sets = Directory.GetFiles(Path.GetDirectoryName(Shell.Manifest)!, "*.Types.ps1xml")
            .SelectMany(static file => XDocument.Load(file).Descendants("Type")).Where(entry => entry.Element("Name")!.Value == type).Descendants("PropertySet").ToArray();
        var names = sets.Descendants("ReferencedProperties").Elements("Name").Select(static name => name.Value).ToArray();

        Assert.Contains(sets, static set => set.Element("Name")!.Value == "DefaultDisplayPropertySet");
        Assert.All(names, name => Assert.NotNull(ShownType(type).GetProperty(name)));
        Assert.Equal(["ClusterName", "Kind"], names.Take(2));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Views_name_properties_that_exist(string type)
    {
        var views = All.Where(view => TypeOf(view) == type).ToArray();
        var named = views.SelectMany(static view => view.Descendants("PropertyName")).Select(static element => element.Value)
            .Concat(views.SelectMany(static view => view.Descendants("ScriptBlock")).SelectMany(static script => OwnProperty().Matches(script.Value)).Select(static match => match.Groups[1].Value));
        var shown = ShownType(type);

        Assert.DoesNotContain(named, name => shown.GetProperty(name) is null && !IsAdded(type, name));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_has_a_table_and_a_list(string type)
    {
        if (type.Contains('#', StringComparison.Ordinal) || type is "MultiCluster.Logs.KubeLogLine" or "MultiCluster.Logs.KubeLogNotice" or "MultiCluster.Resources.KubeWatchNotice")
            return; // a table for a purpose, or a list of all there is

        var controls = All.Where(view => TypeOf(view) == type).SelectMany(static view => view.Elements()).Select(static element => element.Name.LocalName).ToArray();
        if (controls.Contains("CustomControl"))
            return; // a value, which is shown as its text

        Assert.Contains("TableControl", controls);
        Assert.Contains("ListControl", controls);
    }

    /// <summary>Of the types file, and of the kinds that one table shows together.</summary>
    private static bool IsAdded(string type, string name) => name is "Source" or "Text" or "ShortName" or "About" or "Changes" || (type.EndsWith("#Mixed", StringComparison.Ordinal) && name is "Ready" or "State");

    private static string TypeOf(XElement view) => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;

    private static Type ShownType(string type) => typeof(KubeObject).Assembly.GetType(type.Split('#')[0], throwOnError: true)!;

    private static XElement[] Headers(string type, string name) => [.. Table(type, name).Element("TableHeaders")!.Elements()];

    private static XElement[] Items(string type, string name) => [.. Table(type, name).Descendants("TableColumnItem")];

    private static XElement Table(string type, string name) =>
        All.Single(view => TypeOf(view) == type && view.Element("Name")!.Value == name && view.Element("TableControl") is not null).Element("TableControl")!;

    [GeneratedRegex(@"\$_(?:\.|\]\.'?!?)(\w+)")]
    private static partial Regex OwnProperty();
}
