using System.Collections.Concurrent;
using System.Management.Automation;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Keeps what a cmdlet writes, answers its questions, and fails when any thread but the pipeline's writes.</summary>
internal sealed class RecordingSink : IPipelineSink
{
    private readonly ConcurrentQueue<object?> _objects = new();
    private int _thread;

    /// <summary>What was bound, by parameter name; a switch as its bool.</summary>
    public IReadOnlyDictionary<string, object?> Bound { get; set; } = new Dictionary<string, object?>();

    public string Command { get; set; } = "";

    public string ParameterSet { get; set; } = "";

    public IReadOnlyCollection<object?> Objects => _objects;

    public List<CmdletError> Errors { get; } = [];

    public CmdletError? Terminated { get; private set; }

    public List<string> Warnings { get; } = [];

    public List<string> VerboseLines { get; } = [];

    public List<string> DebugLines { get; } = [];

    public List<string> InformationLines { get; } = [];

    /// <summary>The tag of each information line, besides the module's.</summary>
    public List<string?> InformationTags { get; } = [];

    public List<ProgressUpdate> ProgressUpdates { get; } = [];

    /// <summary>The targets and actions that ShouldProcess and ShouldContinue were asked about.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>What ShouldProcess answers; false is <c>-WhatIf</c>.</summary>
    public bool Processes { get; init; } = true;

    /// <summary>What ShouldContinue answers.</summary>
    public bool Continues { get; init; } = true;

    /// <summary>Called after each object: throw here to be a command downstream.</summary>
    public Action<object?>? Downstream { get; init; }

    /// <summary>Called after each progress update.</summary>
    public Action<ProgressUpdate>? Shown { get; init; }

    /// <summary><c>-ErrorAction Stop</c>.</summary>
    public bool StopOnError { get; init; }

    public void Object(object? value)
    {
        Check();
        _objects.Enqueue(value);
        Downstream?.Invoke(value);
    }

    public void Error(CmdletError error)
    {
        Check();
        Errors.Add(error);
        if (StopOnError)
            throw new ActionPreferenceStopException(error.Fault.Message);
    }

    public void Terminate(CmdletError error)
    {
        Check();
        Terminated = error;
        throw new PipelineStoppedException(error.Fault.Message);
    }

    public void Warning(string text) => Add(Warnings, text);

    public void Verbose(string text) => Add(VerboseLines, text);

    public void Debug(string text) => Add(DebugLines, text);

    public void Information(string text, string? tag)
    {
        Add(InformationLines, text);
        InformationTags.Add(tag);
    }

    public void Progress(ProgressUpdate update)
    {
        Add(ProgressUpdates, update);
        Shown?.Invoke(update);
    }

    public void Job(Job job) => throw new NotSupportedException("The reference assembly's jobs hold nothing: tests/Module.Tests runs them in PowerShell.");

    public bool ShouldProcess(string target, string action)
    {
        Add(Questions, $"{action}: {target}");
        return Processes;
    }

    public bool IsWhatIf { get; init; }

    /// <summary>What was written to the host itself.</summary>
    public List<string> HostLines { get; } = [];

    public void HostLine(string text) => HostLines.Add(text);

    public bool Check(ScriptBlock script, object value) => throw new NotSupportedException("The reference assembly runs no script: tests/Module.Tests does.");

    public bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll)
    {
        Add(Questions, query);
        return Continues;
    }

    public bool TakesInput { get; set; }

    /// <summary>Everything written that a person may read.</summary>
    public IEnumerable<string> Texts =>
    [
        .. Errors.Append(Terminated).OfType<CmdletError>().SelectMany(static error => new[] { error.Fault.Message, error.Fault.Advice ?? "", $"{error.Fault.Cause}", $"{error.Target}" }),
        .. Warnings, .. VerboseLines, .. DebugLines, .. InformationLines, .. Questions,
        .. ProgressUpdates.Select(static update => update.Status),
    ];

    public bool Shows(string stream)
    {
        Check();
        return true;
    }

    public bool IsBound(string parameter) => Bound.ContainsKey(parameter);

    public bool IsOn(SwitchParameter value, string parameter) => Bound.TryGetValue(parameter, out var on) && on is true;

    public string FilePath(string path) => Path.GetFullPath(path);

    private void Add<T>(List<T> list, T item)
    {
        Check();
        list.Add(item);
    }

    private void Check()
    {
        var thread = Environment.CurrentManagedThreadId;
        var first = Interlocked.CompareExchange(ref _thread, thread, 0);
        if (first != 0 && first != thread)
            throw new InvalidOperationException("Only the pipeline thread may write.");
    }
}
