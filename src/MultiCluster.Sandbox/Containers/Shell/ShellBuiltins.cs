using System.Globalization;
using System.Text;

namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>A command that the shell runs itself.</summary>
internal delegate Task<int> ShellBuiltin(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended);

/// <summary>What changes the shell itself, and so can be no program.</summary>
internal static class ShellBuiltins
{
    private static readonly Dictionary<string, ShellBuiltin> All = new()
    {
        [":"] = static (_, _, _, _) => Task.FromResult(0),
        ["cd"] = ChangeDirectoryAsync,
        ["exit"] = Exit,
        ["export"] = Export,
        ["read"] = ReadAsync,
        ["set"] = Set,
        ["unset"] = Unset,
    };

    public static ShellBuiltin? Find(string name) => All.GetValueOrDefault(name);

    private static async Task<int> ChangeDirectoryAsync(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended)
    {
        var (state, files) = (shell.State, shell.Files);
        var wanted = command.Count > 1 ? command[1] : state.Variables.GetValueOrDefault("HOME", "/");
        if (wanted == "-") wanted = state.Variables.GetValueOrDefault("OLDPWD", state.Directory);
        var names = new List<string>();
        foreach (var name in (wanted.StartsWith('/') ? wanted : $"{state.Directory}/{wanted}").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..") names = [.. names.SkipLast(1)];
            else if (name != ".") names.Add(name);
        }
        var folder = "/" + string.Join('/', names);
        if (!files.IsFolder(folder)) return await FailAsync(streams, $"cd: can't cd to {wanted}: {(files.IsFile(folder) ? "Not a directory" : "No such file or directory")}", ended);
        state.Variables["OLDPWD"] = state.Directory;
        state.Variables["PWD"] = state.Directory = folder;
        return 0;
    }

    private static async Task<int> Exit(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended)
    {
        if (command.Count == 1) throw new ShellExitException(shell.State.ExitCode);
        if (int.TryParse(command[1], NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode)) throw new ShellExitException(exitCode & 0xFF);
        throw new ShellExitException(await FailAsync(streams, $"exit: Illegal number: {command[1]}", ended, 2));
    }

    private static Task<int> Export(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended)
    {
        foreach (var pair in command.Skip(1).Select(argument => argument.Split('=', 2)).Where(pair => pair.Length == 2)) shell.State.Variables[pair[0]] = pair[1];
        return Task.FromResult(0);
    }

    // A line, byte by byte: what follows it is another command's.
    private static async Task<int> ReadAsync(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended)
    {
        var line = streams.Input is null ? null : await ShellInput.LineAsync(streams.Input, ended);
        var names = command.Skip(1).Where(argument => argument != "-r").DefaultIfEmpty("REPLY").ToArray();
        var values = (line ?? "").Trim().Split((char[]?)null, names.Length, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Length; i++) shell.State.Variables[names[i]] = values.ElementAtOrDefault(i) ?? "";
        return line is null ? 1 : 0;
    }

    private static Task<int> Set(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended)
    {
        foreach (var option in command.Skip(1).Where(o => o.Length > 1 && o[0] is '-' or '+' && o.Contains('e', StringComparison.Ordinal)))
            shell.State.EndsOnFailure = option[0] == '-';
        return Task.FromResult(0);
    }

    private static Task<int> Unset(ShellRunner shell, IReadOnlyList<string> command, ProgramStreams streams, CancellationToken ended)
    {
        foreach (var name in command.Skip(1)) shell.State.Variables.Remove(name);
        return Task.FromResult(0);
    }

    private static async Task<int> FailAsync(ProgramStreams streams, string message, CancellationToken ended, int exitCode = 1)
    {
        await streams.Error.WriteAsync(Encoding.UTF8.GetBytes($"sh: {message}\n"), ended);
        return exitCode;
    }
}
