namespace MultiCluster.Module.Tests.Support;

/// <summary>
/// An editor for a <see cref="Shell"/>: shell scripts, one for each time that it is opened, the last one ever after. Each finds its file in <c>$1</c>. What was
/// shown is kept.
/// </summary>
internal sealed class ScriptedEditor
{
    private readonly Shell _shell;

    public ScriptedEditor(Shell shell, params IReadOnlyList<string> scripts)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Neither Windows nor wine runs shell scripts, which the editors are.");
        _shell = shell;
        var rounds = string.Concat(scripts.Select((script, at) => $"{(at == scripts.Count - 1 ? "*" : $"{at + 1}")})\n{script}\n;;\n"));
        File.WriteAllText(
            shell.File("an editor.sh"),
            $"""
            cd "$(dirname "$0")"
            echo "$1" > edited
            stat -c %a "$1" "$(dirname "$1")" > modes
            n=$(($(cat rounds 2>/dev/null || echo 0) + 1))
            echo $n > rounds
            cp "$1" "shown-$n"
            case $n in
            {rounds}esac
            """);
        shell.Variables["KUBE_EDITOR"] = $"sh '{shell.File("an editor.sh")}'";
    }

    /// <summary>How often it was opened.</summary>
    public int Rounds => File.Exists(_shell.File("rounds")) ? int.Parse(File.ReadAllText(_shell.File("rounds")).Trim(), System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>The file that it was given last.</summary>
    public string Edited => File.ReadAllText(_shell.File("edited")).Trim();

    /// <summary>The permissions of the file and its folder.</summary>
    public string Modes => string.Join(' ', File.ReadAllLines(_shell.File("modes")));

    /// <summary>What was shown in a round.</summary>
    public string Shown(int round = 1) => File.ReadAllText(_shell.File($"shown-{round}"));
}
