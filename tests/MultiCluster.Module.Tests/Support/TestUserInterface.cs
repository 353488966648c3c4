using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MultiCluster.Module.Tests.Support;

/// <summary>What <see cref="TestHost"/>'s user sees and answers.</summary>
internal sealed class TestUserInterface : PSHostUserInterface
{
    private string _line = "";

    public Queue<string> Answers { get; set; } = [];

    public List<string> Questions { get; } = [];

    public List<string> Lines { get; } = [];

    public List<string> Errors { get; } = [];

    public TestScreen Screen { get; } = new();

    public override PSHostRawUserInterface RawUI => Screen;

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add($"{caption}\n{message}".Trim());
        if (Answers.Count == 0)
            throw Absent();
        var answer = Answers.Count == 1 ? Answers.Peek() : Answers.Dequeue();
        var index = choices.Select(static choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToList().IndexOf(answer);
        return index >= 0 ? index : throw new InvalidOperationException($"'{answer}' is no answer to: {message}");
    }

    public override void Write(string value) => _line += value;

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value)
    {
        Lines.Add(_line + value);
        _line = "";
    }

    public override void WriteErrorLine(string value) => Errors.Add(value);

    // Streams are read from the pipeline itself.
    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw Absent();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw Absent();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw Absent();

    public override string ReadLine() => throw Absent();

    public override SecureString ReadLineAsSecureString() => throw Absent();

    /// <summary>As the console says with -NonInteractive.</summary>
    private static PSInvalidOperationException Absent() => new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
}
