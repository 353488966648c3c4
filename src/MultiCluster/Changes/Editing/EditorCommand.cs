using System.Text;
using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Changes.Editing;

/// <summary>The user's editor. What its variable holds is split into words, and is given to no shell.</summary>
/// <param name="Program">The program's full path.</param>
/// <param name="Arguments">What stands before the file.</param>
internal sealed record EditorCommand(string Program, IReadOnlyList<string> Arguments)
{
    private const string Advice = "Set $env:KUBE_EDITOR, as 'code --wait', or change the object with Update-KubeResource.";

    /// <summary>Those that are asked, as kubectl does.</summary>
    private static readonly string[] Variables = ["KUBE_EDITOR", "EDITOR"];

    /// <summary>The editor of <c>KUBE_EDITOR</c> or <c>EDITOR</c>, else vi, or Notepad on Windows.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <param name="isInteractive">Whether somebody sits at the terminal: else nobody can be expected to use an editor that was not named.</param>
    /// <exception cref="FaultException">There is none, or it is not found (Invalid).</exception>
    public static EditorCommand Find(Func<string, string?> read, bool isInteractive) =>
        Find(read, isInteractive, OperatingSystem.IsWindows(), ProgramPath.Find, File.Exists);

    /// <summary>The same on one system, whose programs and files are found by what is given.</summary>
    internal static EditorCommand Find(Func<string, string?> read, bool isInteractive, bool windows, Func<string, string?> find, Func<string, bool> isFile)
    {
        foreach (var variable in Variables)
        {
            if (read(variable) is { } value && !string.IsNullOrWhiteSpace(value))
                return Of(value.Trim(), $"$env:{variable}", find, isFile);
        }

        if (!isInteractive)
            throw new FaultException(FaultPhase.Invalid, "nobody sits at a terminal to edit, and no editor is named", Advice);
        return Of(windows ? "notepad" : "vi", "the default", find, isFile);
    }

    /// <summary>The words of a command line: blanks part them, single or double quotes hold them together, and a backslash is itself, as in Windows' paths.</summary>
    /// <exception cref="FaultException">A quote does not end (Invalid).</exception>
    public static IReadOnlyList<string> Split(string line, string origin)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var letter in line)
        {
            if (quote is null && char.IsWhiteSpace(letter))
            {
                if (word is not null)
                    words.Add($"{word}");
                word = null;
                continue;
            }

            word ??= new();
            if (letter == quote)
                quote = null;
            else if (quote is null && letter is '"' or '\'')
                quote = letter;
            else
                word.Append(letter);
        }

        if (quote is not null)
            throw new FaultException(FaultPhase.Invalid, $"a quote of {origin} does not end: {line}", "Set it anew.");
        if (word is not null)
            words.Add($"{word}");
        return words;
    }

    private static EditorCommand Of(string line, string origin, Func<string, string?> find, Func<string, bool> isFile)
    {
        // A path with blanks and without quotes is what people write: C:\Program Files\Microsoft VS Code\bin\code.cmd --wait.
        var end = line.Length;
        while (end > 0 && !isFile(line[..end]))
            end = line.LastIndexOf(' ', end - 1);
        string[] words = end > 0 ? [line[..end], .. Split(line[end..], origin)] : [.. Split(line, origin)];
        return words is [{ Length: > 0 } name, .. var arguments] && find(name) is { } program
            ? new(program, arguments)
            : throw new FaultException(FaultPhase.Invalid, $"the editor of {origin} is not found: {line}", Advice);
    }
}
