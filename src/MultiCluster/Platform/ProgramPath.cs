namespace MultiCluster.Platform;

/// <summary>Finds a program as a shell would, but never in the current folder.</summary>
internal static class ProgramPath
{
    private const string UsualEndings = ".COM;.EXE;.BAT;.CMD";

    /// <summary>What PowerShell runs by its bare name, too; Windows itself does not.</summary>
    private const string Script = ".PS1";

    /// <summary>The program's file, or null when there is none.</summary>
    public static string? Find(string command) => Find(command, OperatingSystem.IsWindows(), Environment.GetEnvironmentVariable, File.Exists, IsExecutable);

    /// <summary>The same by the rules of one system. On Windows those of Go (exec.LookPath): an ending that is written counts, whatever it is, and <c>PATHEXT</c> says which are tried.</summary>
    /// <param name="command">A name, or a path.</param>
    /// <param name="windows">Whether Windows' rules hold.</param>
    /// <param name="read">Reads a variable of the environment.</param>
    /// <param name="isFile">Whether a file is there: who names one by its path is told when it cannot be run.</param>
    /// <param name="isExecutable">Whether it may be run, too.</param>
    internal static string? Find(string command, bool windows, Func<string, string?> read, Func<string, bool> isFile, Func<string, bool> isExecutable)
    {
        if (command.Length == 0)
            return null;
        var endings = windows ? Endings(read("PATHEXT")) : [];
        if (PathRules.HasFolder(command, windows))
            return Candidates(command, windows, endings).FirstOrDefault(isFile);
        return PathRules.Split(read("PATH"), windows ? ';' : ':')
            .Where(folder => PathRules.IsFullyQualified(folder, windows))
            .SelectMany(folder => Candidates(PathRules.Join(folder, command, windows), windows, endings))
            .FirstOrDefault(isExecutable);
    }

    private static string[] Endings(string? variable)
    {
        var endings = (string.IsNullOrWhiteSpace(variable) ? UsualEndings : variable)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static ending => ending[0] == '.' ? ending : $".{ending}");
        return [.. endings.Append(Script).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<string> Candidates(string path, bool windows, string[] endings)
    {
        if (!windows || path.LastIndexOf('.') > path.AsSpan().LastIndexOfAny('/', '\\', ':'))
            yield return path;
        foreach (var ending in endings)
            yield return path + ending;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
