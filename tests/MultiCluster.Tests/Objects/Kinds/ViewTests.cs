using System.Text.RegularExpressions;
using System.Xml.Linq;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

/// <summary>The format and type files name types and properties by text: they must exist, and the tables must fit.</summary>
public sealed partial class ViewTests
{
    private const string Namespace = "MultiCluster.Objects.";
    private static readonly XDocument Format = Load("MultiCluster.Resources.Format.ps1xml");
    private static readonly XDocument Types = Load("MultiCluster.Resources.Types.ps1xml");

    public static TheoryData<string> Kinds =>
        [.. typeof(KubeObject).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(KubeObject)) && !type.IsAbstract).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_a_table_a_wide_table_and_a_list_in_which_the_cluster_comes_first(string kind)
    {
        var views = ViewsOf(kind).ToList();

        Assert.Equal(2, views.Count(view => view.Element("TableControl") is not null));
        Assert.Single(views, view => view.Element("Name")?.Value == "wide");
        Assert.Single(views, view => view.Element("ListControl") is not null);
        Assert.All(views, view => Assert.EndsWith("Of[$_].ClusterName", view.Descendants().First(element => element.Name.LocalName is "PropertyName" or "ScriptBlock").Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_views_and_sets_name_is_there(string kind)
    {
        var type = typeof(KubeObject).Assembly.GetType(Namespace + kind)!;
        var scripts = ViewsOf(kind).Descendants("ScriptBlock").SelectMany(script => PropertyInScript().Matches(script.Value)).Select(match => match.Groups[1].Value);
        var names = ViewsOf(kind).Descendants("PropertyName").Select(name => name.Value).Concat(scripts)
            .Concat(Types.Descendants("Type").Where(entry => entry.Element("Name")?.Value == Namespace + kind)
                .Descendants("ReferencedProperties").Elements("Name").Select(name => name.Value));

        Assert.All(names, name => Assert.True(type.GetProperty(name) is not null, $"{kind} has no {name}"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_table_has_as_many_headers_as_columns(string kind) => Assert.All(
        ViewsOf(kind).Elements("TableControl"),
        table => Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count()));

    [Fact]
    public void No_column_has_a_width_so_that_PowerShell_fits_each_to_what_it_holds() =>
        Assert.Empty(Format.Descendants("Width"));

    private static IEnumerable<XElement> ViewsOf(string kind) =>
        Format.Descendants("View").Where(view => view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == Namespace + kind));

    private static XDocument Load(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MultiCluster.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository's root is not above the tests.");
        return XDocument.Load(Path.Combine(folder.FullName, "module", file));
    }

    [GeneratedRegex(@"\$_\]?\.(\w+)")]
    private static partial Regex PropertyInScript();
}
