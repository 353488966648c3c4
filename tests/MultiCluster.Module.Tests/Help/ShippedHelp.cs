using System.Text.RegularExpressions;
using System.Xml.Linq;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The help that the laid out module brings.</summary>
internal static partial class ShippedHelp
{
    public static string Folder { get; } = Path.Combine(TestBuild.Of("ModuleLayout"), "en-US");

    public static string Text { get; } = File.ReadAllText(Path.Combine(Folder, "MultiCluster.Module.dll-Help.xml"));

    /// <summary>The help of each cmdlet, by its name.</summary>
    public static IReadOnlyList<KeyValuePair<string, XElement>> Commands { get; } =
        [.. XElement.Parse(Text).Elements().Select(static command => KeyValuePair.Create(NameIn(command.Elements().First()), command))];

    /// <summary>Compares two elements with all that is in them, attributes and order included.</summary>
    public static void CompareElements(this Drift drift, string part, XElement page, XElement maml)
    {
        var attributes = page.Attributes().Concat(maml.Attributes()).Select(static attribute => attribute.Name).Distinct();
        foreach (var name in attributes)
            drift.Compare($"{part}{name}", page.Attribute(name)?.Value, maml.Attribute(name)?.Value);

        List<XElement> ofPage = [.. page.Elements()], ofMaml = [.. maml.Elements()];
        if (ofPage.Count + ofMaml.Count == 0)
            drift.Compare(part.TrimEnd(',', ' '), page.Value, maml.Value);
        else if (drift.CompareNames($"{part}names", ofPage.Select(Label), ofMaml.Select(Label)))
            Pairs();
        else
            drift.Compare($"{part}only here", Without(ofPage, ofMaml), Without(ofMaml, ofPage));

        void Pairs()
        {
            foreach (var (i, (one, other)) in ofPage.Zip(ofMaml).Index())
            {
                var number = ofPage.Count(candidate => Label(candidate) == Label(one)) > 1 ? $" {i + 1}" : "";
                drift.CompareElements($"{part}{Label(one)}{number}, ", one, other);
            }
        }
    }

    /// <summary>What the element is about: its name, title or text, else what kind it is of.</summary>
    private static string Label(XElement element) => element.Name.LocalName switch
    {
        "parameter" => $"-{NameIn(element)}",
        "inputType" or "returnValue" => NameIn(element.Elements().First()),
        "example" => element.Elements().First().Value.Trim('-', ' '),
        "navigationLink" => element.Elements().First().Value,
        var kind => kind,
    };

    private static string NameIn(XElement element) => element.Elements().First(static inner => inner.Name.LocalName == "name").Value;

    private static string Without(IEnumerable<XElement> elements, IEnumerable<XElement> others) =>
        string.Join('\n', elements.ExceptBy(others.Select(Label), Label).Select(static element => Declarations().Replace($"{element}", "")));

    [GeneratedRegex(" xmlns(:[a-z]+)?=\"[^\"]*\"")]
    private static partial Regex Declarations();
}
