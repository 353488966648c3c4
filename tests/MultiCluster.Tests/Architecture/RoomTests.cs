using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Architecture;

/// <summary>
/// The second level of the floors: the rooms of one floor's folder, and the files that stand in the folder itself as one more. Read by the
/// names of types, since a room sees its floor's without a using-directive.
/// </summary>
public sealed partial class RoomTests
{
    private static readonly SourceFile[] Files =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "MultiCluster"), "*.cs", SearchOption.AllDirectories).Select(SourceFile.Read).Where(static file => file.Floor is not ("bin" or "obj"))];

    /// <summary>The folders of the engine's floors.</summary>
    public static TheoryData<string> Floors => [.. Files.Select(static file => file.Floor).Where(static floor => floor.Length > 0).Distinct()];

    [Theory]
    [MemberData(nameof(Floors))]
    public void Rooms_of_one_floor_do_not_use_each_other_in_circles(string floor)
    {
        var files = Files.Where(file => file.Floor == floor).ToArray();
        var places = files.SelectMany(static file => file.Types.Select(type => (type, file.Room))).ToLookup(static pair => pair.type, static pair => pair.Room);
        var uses = (
            from file in files
            from word in file.Words
            from room in places[word]
            where room != file.Room && !places[word].Contains(file.Room)
            select (From: file.Room, To: room, Why: $"{file.Name} uses {word}")).ToArray();
        var next = uses.ToLookup(static use => use.From, static use => use.To);

        Assert.Empty(uses.Where(use => Reaches(use.To, use.From)).Select(use => $"{use.From} -> {use.To}: {use.Why}"));

        bool Reaches(string from, string to)
        {
            var reached = new HashSet<string>();
            var waiting = new Queue<string>([from]);
            while (waiting.TryDequeue(out var room))
            {
                foreach (var other in next[room].Where(reached.Add))
                    waiting.Enqueue(other);
            }

            return reached.Contains(to);
        }
    }

    [Fact]
    public void The_rooms_that_are_compared_are_those_of_the_engine() =>
        Assert.Superset(
            new HashSet<string> { "Http/Handlers", "Http/Connections", "Clusters/Pool", "Clusters/Selection", "Credentials/Exec", "FanOut/Merging", "Logs/Streams", "Nodes/Planning" },
            Files.Select(static file => file.Room).ToHashSet());

    [GeneratedRegex(@"^(?:public |internal )?(?:static |sealed |abstract |partial |readonly |ref )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>\[\]?,. ]+?) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"//[^\n]*|""(?:\\.|[^""\\\n])*""")]
    private static partial Regex CommentOrText();

    private sealed record SourceFile(string Name, string Floor, string Room, IReadOnlyList<string> Types, IReadOnlySet<string> Words)
    {
        public static SourceFile Read(string path)
        {
            var name = Path.GetRelativePath(Path.Combine(Repository.Root, "src", "MultiCluster"), path).Replace('\\', '/');
            var text = CommentOrText().Replace(File.ReadAllText(path), "");
            return new(
                name,
                name.Contains('/', StringComparison.Ordinal) ? name.Split('/')[0] : "",
                string.Join('/', name.Split('/')[..^1]),
                [.. Declared().Matches(text).Select(static match => match.Groups[1].Value)],
                Word().Matches(text).Select(static match => match.Value).ToHashSet());
        }
    }
}
