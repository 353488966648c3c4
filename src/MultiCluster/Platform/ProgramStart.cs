using System.Diagnostics;

namespace MultiCluster.Platform;

/// <summary>How a program is started with its arguments, which are never read by a shell.</summary>
internal static class ProgramStart
{
    /// <summary>The start of the program at a path that <see cref="ProgramPath"/> has found.</summary>
    /// <exception cref="ArgumentException">An argument cannot be given to it.</exception>
    public static ProcessStartInfo Of(string path, IReadOnlyList<string> arguments) =>
        Of(path, arguments, OperatingSystem.IsWindows(), Environment.SystemDirectory, ProgramPath.Find);

    /// <summary>The same by the rules of one system: Windows itself runs programs alone, and batch files by cmd in a way that cannot be quoted for.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="windows">Whether Windows' rules hold.</param>
    /// <param name="systemFolder">Where <c>cmd.exe</c> is: a variable such as <c>ComSpec</c> could name another program.</param>
    /// <param name="find">Finds a program by its name.</param>
    internal static ProcessStartInfo Of(string path, IReadOnlyList<string> arguments, bool windows, string systemFolder, Func<string, string?> find)
    {
        if (windows && (Ends(path, ".bat") || Ends(path, ".cmd")))
            return new ProcessStartInfo(PathRules.Join(systemFolder, "cmd.exe", windows), BatchCommandLine.Of(path, arguments)) { UseShellExecute = false };
        var start = windows && Ends(path, ".ps1") && (find("pwsh.exe") ?? find("powershell.exe")) is { } shell
            ? new ProcessStartInfo(shell, ["-NoProfile", "-File", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.UseShellExecute = false;
        return start;
    }

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
