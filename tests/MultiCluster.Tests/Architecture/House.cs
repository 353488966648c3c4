using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Architecture;

/// <summary>A project's folders: on which floor each is by docs/architecture.md, and which others its files name.</summary>
internal sealed partial class House
{
    private readonly string _project;
    private readonly ILookup<string, string> _types;

    /// <param name="project">The project's folder in src, which is its namespace too.</param>
    /// <param name="section">The heading over its table of floors.</param>
    public House(string project, string section)
    {
        _project = project;
        Floors = ReadFloors(section);
        var root = Path.Combine(Repository.Root, "src", project);
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: file, Parts: Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)))
            .Where(file => file.Parts[0] is not ("bin" or "obj"))
            .Select(file => (file.Path, Folder: file.Parts.Length == 1 ? project : file.Parts[0])).ToList();
        _types = files.ToLookup(file => file.Folder, file => Path.GetFileName(file.Path).Split('.')[0]);
        Uses =
        [
            .. from file in files
               from used in UsedIn(File.ReadAllText(file.Path)).Distinct()
               where used != file.Folder
               select (file.Folder, used, file.Path),
        ];
    }

    /// <summary>Folder to floor. The project's own name stands for the files that are in no folder, whose types need no using-directive.</summary>
    public IReadOnlyDictionary<string, int> Floors { get; }

    /// <summary>Which folder's files name which other folder.</summary>
    public IReadOnlyList<(string From, string To, string File)> Uses { get; }

    private IEnumerable<string> UsedIn(string text) =>
    [
        .. Regex.Matches(text, $@"^using (?:static |\w+ = )?{Regex.Escape(_project)}\.(\w+)", RegexOptions.Multiline).Select(used => used.Groups[1].Value),
        .. Qualified().Matches(text).Where(name => _types[name.Groups[1].Value].Contains(name.Groups[2].Value)).Select(name => name.Groups[1].Value),
        .. Floors.ContainsKey(_project) && _types[_project].Any(type => Regex.IsMatch(text, $@"\b{type}\b")) ? [_project] : (string[])[],
    ];

    private static Dictionary<string, int> ReadFloors(string section)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        var table = page.Split("\n## ").Single(part => part.StartsWith($"{section}\n", StringComparison.Ordinal));
        return Row().Matches(table)
            .SelectMany(row => Name().Matches(row.Groups[2].Value).Select(name => (Name: name.Groups[1].Value, Floor: int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture))))
            .ToDictionary(row => row.Name, row => row.Floor);
    }

    [GeneratedRegex(@"^\| (\d) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w+)\.([A-Z]\w+)")]
    private static partial Regex Qualified();
}
