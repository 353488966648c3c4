using MultiCluster.Faults;

namespace MultiCluster.Manifests;

/// <summary>The files that paths mean: files as they are named, of folders those that kubectl takes for manifests.</summary>
internal static class ManifestFiles
{
    private static readonly string[] Extensions = [".json", ".yaml", ".yml"];

    /// <summary>The files in their order, each once, in a folder by name; and a fault for each path that leads to none.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="recurse">Whether folders within folders count.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static (IReadOnlyList<string> Files, IReadOnlyList<Fault> Faults) Find(IEnumerable<string> paths, bool recurse, CancellationToken cancellationToken = default)
    {
        var files = new OrderedDictionary<string, string>(FileLabel.Comparer);
        var faults = new List<Fault>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.TryAdd(path, path);
                continue;
            }

            var before = faults.Count;
            var found = InFolder(path, recurse, faults, cancellationToken);
            foreach (var file in found)
                files.TryAdd(file, file);
            if (found.Count == 0 && faults.Count == before)
                faults.Add(Invalid($"{path}: there is no file in this folder that ends with .json, .yaml or .yml", recurse ? "Check the path." : "Check the path, or add -Recurse to look into the folders in it."));
        }

        return (files.Keys, faults);
    }

    private static List<string> InFolder(string folder, bool recurse, List<Fault> faults, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var files = new List<string>();
        try
        {
            files.AddRange(Directory.EnumerateFiles(folder).Where(static file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
            if (!recurse)
                return files;
            // A link to a folder may lead back here; a link to a file is read, as mounted ConfigMaps have them.
            foreach (var inner in Directory.EnumerateDirectories(folder).Where(static inner => new DirectoryInfo(inner).LinkTarget is null).Order(StringComparer.Ordinal))
                files.AddRange(InFolder(inner, recurse, faults, cancellationToken));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            faults.Add(Invalid($"{folder}: this folder cannot be read", "Check its permissions."));
        }

        return files;
    }

    private static Fault Invalid(string detail, string advice) => new() { Phase = FaultPhase.Invalid, Detail = detail, Advice = advice };
}
