namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>What a shell can run.</summary>
internal abstract record ShellNode;

/// <summary>Commands one after the other; each says when it runs.</summary>
internal sealed record ShellList(IReadOnlyList<(ShellNode Command, ShellJoin Join)> Items) : ShellNode;

/// <summary>Commands at the same time, each reading what the one before it writes.</summary>
internal sealed record ShellPipeline(IReadOnlyList<ShellNode> Commands, bool Negated) : ShellNode;

/// <summary>A program, or a builtin, with its arguments.</summary>
internal sealed record ShellCommand(
    IReadOnlyList<(string Name, ShellWord Value)> Assignments, IReadOnlyList<ShellWord> Words, IReadOnlyList<ShellRedirect> Redirects) : ShellNode;

/// <summary><c>{ }</c> or <c>( )</c>, the latter with a state of its own.</summary>
internal sealed record ShellGroup(ShellNode Body, bool OwnState, IReadOnlyList<ShellRedirect> Redirects) : ShellNode;

/// <summary><c>if</c>, with what follows <c>else</c> or <c>elif</c>.</summary>
internal sealed record ShellIf(ShellNode Condition, ShellNode Then, ShellNode? Else) : ShellNode;

/// <summary><c>while</c>, and <c>until</c> that runs while the condition fails.</summary>
internal sealed record ShellWhile(ShellNode Condition, ShellNode Body, bool Until) : ShellNode;

/// <summary><c>for</c>.</summary>
internal sealed record ShellFor(string Variable, IReadOnlyList<ShellWord> Words, ShellNode Body) : ShellNode;

/// <summary>When a command of a list runs: always, after a success, after a failure.</summary>
internal enum ShellJoin
{
    Always,
    And,
    Or,
}

/// <summary>A stream that goes elsewhere: into or out of a file, or where another stream goes.</summary>
internal sealed record ShellRedirect(int Stream, ShellRedirectKind Kind, ShellWord Target);

internal enum ShellRedirectKind
{
    Read,
    Write,
    Append,
    Duplicate,
}

/// <summary>A word before it is expanded.</summary>
internal sealed record ShellWord(IReadOnlyList<ShellWordPart> Parts)
{
    /// <summary>The word, when it is written without anything that is expanded or quoted.</summary>
    public string? Plain => Parts is [{ Quoted: false, Variable: null, Command: null } part] ? part.Text : null;
}

/// <summary>A piece of a word: text, a variable (with what stands for it where it is not set), or what a command writes.</summary>
internal sealed record ShellWordPart(string Text, bool Quoted, string? Variable = null, string? Default = null, ShellNode? Command = null);

/// <summary>A text that is no command; one that is not complete may become one.</summary>
internal sealed class ShellSyntaxException(string message, bool isIncomplete = false) : Exception(message)
{
    public bool IsIncomplete => isIncomplete;
}
