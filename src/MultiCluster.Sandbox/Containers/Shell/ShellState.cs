namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>What a shell remembers from one command to the next.</summary>
internal sealed class ShellState
{
    public required Dictionary<string, string> Variables { get; init; }

    public required string Directory { get; set; }

    /// <summary><c>$0</c>, <c>$1</c> and so on.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = ["sh"];

    /// <summary><c>$?</c>.</summary>
    public int ExitCode { get; set; }

    /// <summary>True after <c>set -e</c>.</summary>
    public bool EndsOnFailure { get; set; }

    /// <summary>A state that starts as this one, and whose changes are its own.</summary>
    public ShellState Fork() => new()
    {
        Variables = new Dictionary<string, string>(Variables),
        Directory = Directory,
        Parameters = Parameters,
        ExitCode = ExitCode,
        EndsOnFailure = EndsOnFailure,
    };
}
