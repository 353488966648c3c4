using MultiCluster.Terminal;

namespace MultiCluster.Kubeconfig;

/// <summary>What is wrong with a kubeconfig file, or with one entry of it. Never holds a value of the file, only names and positions.</summary>
/// <param name="Path">Full path of the file or folder.</param>
/// <param name="Line">Line, counted from 1; 0 when the problem has no place in the file.</param>
/// <param name="Column">Column, counted from 1; 0 when the problem has no place in the file.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
public sealed record KubeconfigProblem(string Path, int Line, int Column, string Message)
{
    /// <summary>True when nothing of the file could be used: it is missing, unreadable, or does not parse.</summary>
    public bool IsFileLost { get; init; }

    /// <summary>Path, position and sentence in one line.</summary>
    public override string ToString() => TerminalText.Visible(Line > 0 ? $"{Path}({Line},{Column}): {Message}" : $"{Path}: {Message}");
}
