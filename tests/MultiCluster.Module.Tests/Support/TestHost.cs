using System.Globalization;
using System.Management.Automation.Host;

namespace MultiCluster.Module.Tests.Support;

/// <summary>A terminal whose user answers what the test says, or is not there.</summary>
internal sealed class TestHost : PSHost
{
    private readonly TestUserInterface _interface = new();

    public override CultureInfo CurrentCulture => TestCulture.English;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "MultiCluster tests";

    public override PSHostUserInterface UI => _interface;

    public override Version Version { get; } = new(1, 0);

    /// <summary>The labels that the user chooses, question by question, the last one ever after: <c>Yes</c>, <c>Yes to All</c>, <c>No</c>. Nobody is there while it is empty.</summary>
    public IReadOnlyList<string> Answers
    {
        set => _interface.Answers = new(value);
    }

    /// <summary>How wide the terminal is; 0 while there is none.</summary>
    public int Columns
    {
        set => _interface.Screen.Columns = value;
    }

    /// <summary>What was asked.</summary>
    public IReadOnlyList<string> Questions => _interface.Questions;

    /// <summary>What was written to the terminal itself, <c>What if:</c> among it.</summary>
    public IReadOnlyList<string> Lines => _interface.Lines;

    /// <summary>What PowerShell itself had to say, as when it cannot start.</summary>
    public IReadOnlyList<string> Errors => _interface.Errors;

    /// <summary>Everything that the user may have read here.</summary>
    public IEnumerable<string> Texts => [.. Questions, .. Lines, .. Errors];

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => throw new NotSupportedException();
}
