using System.Globalization;
using System.Security.Cryptography;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Tests.Copying;

/// <summary>A folder with all that is in it, in lines that can be compared: names, modes, times in whole seconds, contents, where links lead.</summary>
internal static class TreeOf
{
    /// <summary>Of this machine.</summary>
    public static IReadOnlyList<string> Folder(string path) => [.. Lines(path, "", static place => new FileInfo(place).LinkTarget)];

    /// <summary>Of a container.</summary>
    public static IReadOnlyList<string> Container(ContainerFiles files, string path)
    {
        var root = files.Locate(path);
        return [.. Lines(root, "", place => files.ReadLink($"{path}/{Path.GetRelativePath(root, place)}"))];
    }

    /// <summary>A tree with odd names, modes, times, empty files and folders, and links that stay in it.</summary>
    public static void Write(string path)
    {
        Directory.CreateDirectory(Path.Combine(path, "empty folder"));
        Directory.CreateDirectory(Path.Combine(path, "deep", string.Join('/', Enumerable.Range(0, 12).Select(static level => $"level-{level}-long-enough"))));
        string[] names = ["plain", "a b", "-rf", "--", "'q' \"q\"", "$(id)`id`;*", "new\nline", "Grüße 日本 🚀", "..data", "back\\slash", new('n', 200)];
        var possible = names.Where(static name => name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0);
        foreach (var (name, number) in possible.Select(static (name, number) => (name, number)))
        {
            var place = Path.Combine(path, name);
            File.WriteAllText(place, string.Concat(Enumerable.Repeat($"{name}\0\r\n", number * 300)));
            File.SetLastWriteTimeUtc(place, new DateTime(2020, 1, 1 + number, 1, 2, 3, DateTimeKind.Utc));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(place, (UnixFileMode)(0b100_000_000 | (number * 11)));
        }

        File.WriteAllText(Path.Combine(path, "deep", "empty"), "");
        Directory.SetLastWriteTimeUtc(Path.Combine(path, "empty folder"), new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    private static IEnumerable<string> Lines(string root, string below, Func<string, string?> linkTarget)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(root, below)).OrderBy(static entry => entry, StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, entry);
            if (linkTarget(entry) is { } target)
            {
                yield return $"{name} -> {target}";
                continue;
            }

            var mode = OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(entry), 8);
            if (Directory.Exists(entry))
            {
                yield return $"{name}/ {mode}";
                foreach (var line in Lines(root, name, linkTarget))
                    yield return line;
                continue;
            }

            using var content = File.OpenRead(entry);
            yield return $"{name} {mode} {File.GetLastWriteTimeUtc(entry).ToString("s", CultureInfo.InvariantCulture)} {Convert.ToHexString(SHA256.HashData(content))}";
        }
    }
}
