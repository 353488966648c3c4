using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Views;

/// <summary>
/// The format files, cell by cell: what may hold a text of a server's is read through <c>Cells</c>, which makes it harmless. Numbers,
/// times and enumerations may be read as they are.
/// </summary>
public sealed partial class ViewRuleTests
{
    public static TheoryData<string, string> Views =>
    [
        .. Directory.EnumerateFiles(TestBuild.Of("ModuleLayout"), "*.Format.ps1xml")
            .SelectMany(static file => XDocument.Load(file).Descendants("View"))
            .SelectMany(static view => view.Element("ViewSelectedBy")!.Elements("TypeName"), static (view, type) => (TheoryDataRow<string, string>)(type.Value, view.ToString())),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public void Texts_are_shown_harmless(string typeName, string view)
    {
        var type = TypeOf(typeName);
        var parsed = XElement.Parse(view);

        Assert.All(parsed.Descendants("PropertyName"), property => Assert.True(IsHarmless(type, property.Value), $"{property.Value} is read as it is."));
        Assert.All(parsed.Descendants("ScriptBlock"), script => Assert.True(IsHarmless(type, script), $"{script.Value} reads a text as it is."));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void Every_type_has_a_table_a_list_a_word_and_a_text(string typeName, string view)
    {
        _ = view;
        if (typeName.Contains('#', StringComparison.Ordinal) || !TypeOf(typeName).IsClass)
            return; // shown by its class's, or in one word
        var controls = Views.Where(row => TypeOf(row.Data.Item1).IsAssignableFrom(TypeOf(typeName))).SelectMany(static row => XElement.Parse(row.Data.Item2).Elements()).Select(static element => element.Name.LocalName);

        Assert.Superset(new HashSet<string> { "TableControl", "ListControl", "WideControl", "CustomControl" }, controls.ToHashSet());
    }

    private static Type TypeOf(string name) =>
        typeof(KubeObject).Assembly.GetType(name.Split('#')[0], throwOnError: true)!;

    private static bool IsHarmless(Type type, XElement script)
    {
        // Conditions show nothing, and of a list what is read of its items.
        var shown = script.Parent!.Name.LocalName == "ItemSelectionCondition" ? "" : Condition().Replace(script.Value, "");
        if (shown == "\"$_\"")
            return IsHarmless(type);
        return Whole().Count(shown) == 0
            && Property().Matches(shown).All(match => IsHarmless(type, match.Groups[1].Value))
            && PropertyOfChange().Matches(shown).All(static match => IsHarmless(typeof(ConnectionChange), match.Groups[1].Value));
    }

    private static bool IsHarmless(Type? type, string path)
    {
        foreach (var name in path.Split('.'))
            type = type?.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType is { } found ? Nullable.GetUnderlyingType(found) ?? found : null;
        return type is not null && IsHarmless(type);
    }

    private static bool IsHarmless(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan)
        || type == typeof(KubeAge) || type == typeof(Quantity);

    [GeneratedRegex(@"\b((else)?if|foreach) \([^)]*\)")]
    private static partial Regex Condition();

    /// <summary>A property of the object that is read as it is.</summary>
    [GeneratedRegex(@"(?<!\[)\$_\.([\w.]+)")]
    private static partial Regex Property();

    /// <summary>A property, read as it is, of a change in a diagnostic's history.</summary>
    [GeneratedRegex(@"(?<!\[)\$change\.([\w.]+)")]
    private static partial Regex PropertyOfChange();

    /// <summary>The object itself, or what is made of it, other than as the key of its cells.</summary>
    [GeneratedRegex(@"(?<!\[MultiCluster\.Module\.Views\.Cells\]::Of\[)\$(?!_\.|change\b|\()\w+")]
    private static partial Regex Whole();
}
