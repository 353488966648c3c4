using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Architecture;

/// <summary>The engine's folders against the table of floors in docs/architecture.md.</summary>
public sealed partial class FloorTests
{
    /// <summary>Folder to floor.</summary>
    private static readonly Dictionary<string, int> Floors = ReadFloors();

    /// <summary>Which folder's files name which other folder in a using-directive.</summary>
    private static readonly (string From, string To, string File)[] Uses =
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "MultiCluster"), "*.cs", SearchOption.AllDirectories)
           let folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src", "MultiCluster"), file).Split(Path.DirectorySeparatorChar)[0]
           where folder is not ("bin" or "obj")
           from used in Using().Matches(File.ReadAllText(file))
           let to = used.Groups[1].Value
           where to != folder
           select (folder, to, file),
    ];

    [Fact]
    public void Every_folder_of_the_engine_has_a_floor()
    {
        Assert.NotEmpty(Uses);
        Assert.Empty(Uses.SelectMany(use => new[] { use.From, use.To }).Distinct().Except(Floors.Keys));
    }

    [Fact]
    public void No_floor_uses_an_upper_one() =>
        Assert.Empty(Uses.Where(use => Floors[use.To] > Floors[use.From]).Select(use => $"{use.File} uses {use.To}"));

    [Fact]
    public void Folders_of_one_floor_do_not_use_each_other_in_circles()
    {
        var beside = Uses.Where(use => Floors[use.To] == Floors[use.From]).ToLookup(use => use.From, use => use.To);
        Assert.DoesNotContain(beside, folder => Reached(folder.Key).Contains(folder.Key));

        HashSet<string> Reached(string from)
        {
            var reached = new HashSet<string>();
            var next = new Queue<string>([from]);
            while (next.TryDequeue(out var folder))
            {
                foreach (var to in beside[folder].Where(reached.Add))
                    next.Enqueue(to);
            }

            return reached;
        }
    }

    [Fact]
    public void Only_Typed_names_KubernetesClient() =>
        Assert.Equal(
            ["MultiCluster/Typed"],
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Select(file => (Parts: Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split(Path.DirectorySeparatorChar), Text: File.ReadAllText(file)))
                .Where(file => file.Parts[1] is not ("bin" or "obj") && Library().IsMatch(file.Text))
                .Select(file => string.Join('/', file.Parts[..2])).Distinct());

    private static Dictionary<string, int> ReadFloors() =>
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md")))
            .SelectMany(row => Name().Matches(row.Groups[2].Value).Select(name => (Name: name.Groups[1].Value, Floor: int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture))))
            .ToDictionary(row => row.Name, row => row.Floor);

    [GeneratedRegex(@"^\| (\d) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^using (?:static |\w+ = )?MultiCluster\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"(?<![\w.""/])k8s\.[A-Z]|^using k8s\b", RegexOptions.Multiline)]
    private static partial Regex Library();
}
