using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Architecture;

/// <summary>The folders of the engine and of the simulator against the tables of floors in docs/architecture.md.</summary>
public sealed partial class FloorTests
{
    private const string Engine = "MultiCluster";
    private const string Simulator = "MultiCluster.Sandbox";

    private static readonly Dictionary<string, House> Houses = new()
    {
        [Engine] = new(Engine, "Floors"),
        [Simulator] = new(Simulator, "How the simulator acts"),
    };

    [Theory]
    [InlineData(Engine)]
    [InlineData(Simulator)]
    public void Every_folder_has_a_floor(string project)
    {
        var house = Houses[project];
        Assert.NotEmpty(house.Uses);
        Assert.Empty(house.Uses.SelectMany(use => new[] { use.From, use.To }).Distinct().Except(house.Floors.Keys));
    }

    [Theory]
    [InlineData(Engine)]
    [InlineData(Simulator)]
    public void No_floor_uses_an_upper_one(string project)
    {
        var house = Houses[project];
        Assert.Empty(house.Uses.Where(use => house.Floors[use.To] > house.Floors[use.From]).Select(use => $"{use.File} uses {use.To}"));
    }

    [Theory]
    [InlineData(Engine)]
    [InlineData(Simulator)]
    public void Folders_of_one_floor_do_not_use_each_other_in_circles(string project)
    {
        var house = Houses[project];
        var beside = house.Uses.Where(use => house.Floors[use.To] == house.Floors[use.From]).ToLookup(use => use.From, use => use.To);
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
    public void The_simulator_judges_with_nothing_of_the_engine() =>
        Assert.DoesNotContain("ProjectReference", File.ReadAllText(Path.Combine(Repository.Root, "src", Simulator, $"{Simulator}.csproj")), StringComparison.Ordinal);

    [Fact]
    public void Only_Typed_names_KubernetesClient() =>
        Assert.Equal(
            ["MultiCluster/Typed"],
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Select(file => (Parts: Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split(Path.DirectorySeparatorChar), Text: File.ReadAllText(file)))
                .Where(file => file.Parts[1] is not ("bin" or "obj") && Library().IsMatch(file.Text))
                .Select(file => string.Join('/', file.Parts[..2])).Distinct());

    [GeneratedRegex(@"(?<![\w.""/])k8s\.[A-Z]|^using k8s\b", RegexOptions.Multiline)]
    private static partial Regex Library();
}
