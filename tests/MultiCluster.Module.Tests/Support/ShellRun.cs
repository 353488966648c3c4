using System.Management.Automation;

namespace MultiCluster.Module.Tests.Support;

/// <summary>What a script wrote, stream by stream.</summary>
internal sealed record ShellRun
{
    /// <summary>The objects, out of PowerShell's wrapping unless they are made of nothing else.</summary>
    public required IReadOnlyList<object?> Output { get; init; }

    /// <summary>The errors that ended nothing.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    /// <summary>The error that ended it.</summary>
    public ErrorRecord? Terminated { get; init; }

    /// <summary>Whether it was stopped.</summary>
    public bool Stopped { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<InformationRecord> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>Everything written that a person may read.</summary>
    public IEnumerable<string> Texts =>
    [
        .. Errors.Append(Terminated).OfType<ErrorRecord>().SelectMany(static error => new[] { $"{error}", $"{error.Exception}", error.ErrorDetails?.RecommendedAction ?? "", $"{error.TargetObject}" }),
        .. Warnings, .. Verbose, .. Debug, .. Information.Select(static record => $"{record}"), .. Progress.Select(static record => record.StatusDescription),
    ];

    /// <summary>The objects of a type.</summary>
    public IReadOnlyList<T> Of<T>() => [.. Output.OfType<T>()];

    /// <summary>The one error, which ended nothing.</summary>
    public ErrorRecord Error => Assert.Single(Errors);
}
