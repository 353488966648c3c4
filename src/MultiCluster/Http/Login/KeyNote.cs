using System.Globalization;

namespace MultiCluster.Http.Login;

/// <summary>
/// What is written down of a private key that Windows keeps in a file of the user's profile while its certificate is in use. A process that
/// dies cannot remove that file: the next one does, by this note.
/// </summary>
/// <param name="ProcessId">The process whose key it is.</param>
/// <param name="Started">When that was started, in ticks of UTC: ids come again.</param>
/// <param name="Container">The key's name.</param>
/// <param name="Provider">The name of what keeps it.</param>
/// <param name="ProviderType">0 for a provider of CNG, else the type of one of CryptoAPI.</param>
internal sealed record KeyNote(int ProcessId, long Started, string Container, string Provider, int ProviderType)
{
    private const int Parts = 5;

    /// <summary>The note in a text; null when it is none.</summary>
    public static KeyNote? Parse(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries) is { Length: >= Parts } lines
        && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
        && lines is [_, _, { Length: > 0 } container, { Length: > 0 } provider, ..]
        && int.TryParse(lines[4], NumberStyles.None, CultureInfo.InvariantCulture, out var type)
            ? new KeyNote(id, started, container, provider, type)
            : null;

    /// <summary>Whether its process is gone, and the key is nobody's any more.</summary>
    /// <param name="startOf">When a process was started, in ticks of UTC; null when there is none of an id.</param>
    public bool IsLeft(Func<int, long?> startOf) => startOf(ProcessId) != Started;

    /// <summary>The name of a new note's file.</summary>
    public string NewFileName() => $"{PrefixOf(ProcessId, Started)}{Guid.NewGuid():N}.txt";

    /// <summary>How the names of a process's notes begin.</summary>
    public static string PrefixOf(int processId, long started) => string.Create(CultureInfo.InvariantCulture, $"{processId}-{started}-");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessId}\n{Started}\n{Container}\n{Provider}\n{ProviderType}\n");
}
