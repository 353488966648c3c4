using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace MultiCluster.Copying.Local;

/// <summary>Which names a file system takes, and names that every one takes.</summary>
internal static class LocalNames
{
    /// <summary>Characters of a folder's name: with those of the others below, a path stays within what Windows takes.</summary>
    private const int Longest = 100;

    private static readonly SearchValues<char> IllegalOnWindows = SearchValues.Create("<>:\"/\\|?*" + string.Concat(Enumerable.Range(0, 32).Select(static code => (char)code)));

    private static readonly FrozenSet<string> Devices = new[] { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" }
        .Concat("123456789¹²³".SelectMany(static digit => new[] { $"COM{digit}", $"LPT{digit}" })).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file may bear the name.</summary>
    /// <param name="name">A name without a path.</param>
    /// <param name="windows">Whether Windows' rules hold.</param>
    public static bool IsLegal(string name, bool windows) =>
        !name.Contains('\0', StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)
        && (!windows || (!name.AsSpan().ContainsAny(IllegalOnWindows) && name[^1] is not ('.' or ' ') && !Devices.Contains(name.Split('.', 2)[0].TrimEnd())));

    /// <summary>A name that every file system takes; itself where it is one.</summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var letter in name)
            safe.Append(IllegalOnWindows.Contains(letter) || char.IsControl(letter) || char.IsSurrogate(letter) ? '-' : letter);
        if (safe.Length > Longest)
            safe.Remove(Longest - 9, safe.Length - Longest + 9).Append('-').Append(Mark(name));
        while (safe.Length > 0 && safe[^1] is '.' or ' ')
            safe[^1] = '-';
        var text = safe.Length == 0 ? "-" : safe.ToString();
        return Devices.Contains(text.Split('.', 2)[0].TrimEnd()) ? $"{text}_" : text;
    }

    /// <summary>A safe name for each; names that would become the same, or differ in capitals alone, are told apart by a mark.</summary>
    public static IReadOnlyDictionary<string, string> SafeOfEach(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToArray();
        var shared = all.GroupBy(Safe, StringComparer.OrdinalIgnoreCase).Where(static group => group.Count() > 1).SelectMany(static group => group).ToHashSet(StringComparer.Ordinal);
        return all.ToDictionary(static name => name, name => shared.Contains(name) ? $"{Safe(name)}-{Mark(name)}" : Safe(name), StringComparer.Ordinal);
    }

    private static string Mark(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
}
