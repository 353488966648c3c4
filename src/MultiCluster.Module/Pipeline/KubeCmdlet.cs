using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Module.Jobs;
using MultiCluster.Module.Sessions;
using MultiCluster.Module.Views;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Pipeline;

/// <summary>What every cmdlet of the module is: at work on the runspace's pool, cancellable, with one bridge to asynchronous work and one way to write.</summary>
public abstract class KubeCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private PipelineBridge? _bridge;

    private protected KubeCmdlet() => _cancellation = _stop.Token;

    /// <summary>The runspace's pool and reports.</summary>
    private protected KubeSession Session { get => field ??= KubeSession.Current; }

    /// <summary>The clock.</summary>
    private protected static TimeProvider Time => TimeProvider.System;

    /// <summary>Cancelled by Ctrl+C, by a command downstream that has enough, and when the cmdlet ends.</summary>
    private protected CancellationToken Cancellation => _cancellation;

    private PipelineBridge Bridge => _bridge ??= new PipelineBridge(this, Time, _stop);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels what still runs.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <summary>Ctrl+C. Called on another thread.</summary>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>Once, before the first input.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Once per input object, or once when nothing is piped in.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Once, after the last input.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>Waits for <paramref name="task"/>, which must honour <see cref="Cancellation"/>, while messages and progress go on.</summary>
    private protected T Await<T>(Task<T> task, Func<ProgressState?>? progress = null) => Bridge.Await(task, MyInvocation.MyCommand.Name, progress);

    /// <summary>Hands on what the clusters bring; <paramref name="emit"/> takes each object and says whether more are wanted.</summary>
    private protected void Drain<T>(FanOutRun run, Func<T, bool> emit, StreamView? stream = null, Func<ProgressState?>? progress = null) =>
        Bridge.Drain(run, MyInvocation.MyCommand.Name, emit, stream, progress);

    /// <summary>Has something done on the pipeline thread, from any thread, while that waits for the clusters.</summary>
    private protected Task<T> OnPipelineThreadAsync<T>(Func<T> errand, CancellationToken cancellationToken) => Bridge.InvokeAsync(errand, cancellationToken);

    /// <summary>Waits for <paramref name="task"/>, in the way of <see cref="Await{T}"/>.</summary>
    private protected void Await(Task task, Func<ProgressState?>? progress = null) => Await(Completed(task), progress);

    /// <summary>Leaves a message for the pipeline thread, from any thread.</summary>
    private protected void Post(NoticeLevel level, string text) => Bridge.Post(level, text);

    /// <summary>Writes an error that ends nothing.</summary>
    internal void Fail(Fault fault, object? target = null, string? errorId = null) =>
        WriteError(FaultRecord.Of(fault, target, errorId));

    /// <summary>Ends the cmdlet with an error.</summary>
    private protected void Terminate(Fault fault, object? target = null, string? errorId = null) =>
        ThrowTerminatingError(FaultRecord.Of(fault, target, errorId));

    /// <summary>Whether the parameter was given, by name, by position, or from the pipeline.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Whether <c>-WhatIf</c> is on, by the parameter or by its preference variable.</summary>
    internal bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether a stream, Verbose or Debug, is shown: by the common parameter, or by its preference variable.</summary>
    private protected bool Shows(string stream) => MyInvocation.BoundParameters.TryGetValue(stream, out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : GetVariableValue($"{stream}Preference") is { } preference && $"{preference}" is not ("SilentlyContinue" or "Ignore");

    /// <summary>Full paths: <c>~</c>, PowerShell's own location, provider drives.</summary>
    private protected IReadOnlyList<string> FullPaths(IEnumerable<string> paths) =>
        [.. paths.Select(GetUnresolvedProviderPathFromPSPath)];

    /// <summary>
    /// What the usual kubeconfigs offer, or those that are named and no other; says what is to be known of the preferences, and in Verbose
    /// which files were passed over.
    /// </summary>
    private protected KnownClusters Known(IEnumerable<string> kubeconfig)
    {
        var known = Await(Session.Pool.KnownAsync(FullPaths(kubeconfig), Cancellation));
        Tell(known.Notices);
        Explain(known.PassedOver);
        return known;
    }

    /// <summary>Warns of what the user should know, each thing once.</summary>
    private protected void Tell(IEnumerable<string> notices)
    {
        foreach (var notice in notices.Where(_told.Add))
            WriteWarning(notice);
    }

    /// <summary>Says in Verbose what nobody need know who misses nothing, each thing once.</summary>
    private protected void Explain(IEnumerable<string> details)
    {
        foreach (var detail in details.Where(_told.Add))
            WriteVerbose(detail);
    }

    /// <summary>The selected clusters that names, ids and objects mean, with an error for each that means none; all selected ones when nothing is given.</summary>
    private protected IReadOnlyList<KubeCluster> Resolve(IEnumerable<object> given)
    {
        var targets = ClusterTargets.Resolve(Session.Pool, TargetValues.Of(given));
        foreach (var refusal in targets.Refusals)
            Fail(refusal.Fault, refusal.Target);
        return targets.Clusters;
    }

    /// <summary>Lets Get-Job find the job, and writes it.</summary>
    private protected void WriteJob(KubeJob job)
    {
        job.AddTo(JobRepository);
        WriteObject(job);
    }

    // PowerShell's own methods, whose texts a terminal shows, hidden by such as make them harmless: whatever a cmdlet says goes through here.

    /// <inheritdoc cref="Cmdlet.WriteObject(object)"/>
    internal new void WriteObject(object? value) => base.WriteObject(TerminalMark.Of(value));

    /// <summary>
    /// Writes a verbose line. With <c>-Debug</c> and without <c>-Verbose</c> PowerShell asks after each whether to go on; it goes to the Debug
    /// stream then, where nobody is asked.
    /// </summary>
    internal new void WriteVerbose(string text)
    {
        if (MyInvocation.BoundParameters.TryGetValue("Debug", out var asked) && asked is SwitchParameter { IsPresent: true } && !IsBound("Verbose"))
            WriteDebug(text);
        else
            base.WriteVerbose(TerminalText.Visible(text));
    }

    /// <inheritdoc cref="Cmdlet.WriteDebug"/>
    internal new void WriteDebug(string text) => base.WriteDebug(TerminalText.Visible(text));

    /// <inheritdoc cref="Cmdlet.WriteWarning"/>
    internal new void WriteWarning(string text) => base.WriteWarning(TerminalText.Visible(text));

    /// <summary>Writes a text to the Information stream.</summary>
    internal void WriteInformation(string text, string[] tags) => base.WriteInformation(TerminalText.Visible(text), tags);

    /// <inheritdoc cref="Cmdlet.WriteProgress(ProgressRecord)"/>
    internal new void WriteProgress(ProgressRecord record)
    {
        record.Activity = TerminalText.VisibleLine(record.Activity);
        record.StatusDescription = TerminalText.VisibleLine(record.StatusDescription);
        base.WriteProgress(record);
    }

    /// <summary>Writes a line to the terminal, where the pipeline takes nothing any more.</summary>
    private protected void WriteToHost(string line) => Host?.UI?.WriteLine(TerminalText.Visible(line));

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    internal new bool ShouldProcess(string target, string action)
    {
        try
        {
            return base.ShouldProcess(TerminalText.VisibleLine(target), TerminalText.VisibleLine(action));
        }
        catch (NullReferenceException e) when (Asking.IsEndOfInput(e))
        {
            throw new FaultException(FaultPhase.Invalid, $"nobody can be asked about {target}: the console's input has ended", "Give -Confirm:$false if it is meant.");
        }
    }

    /// <inheritdoc cref="Cmdlet.ShouldContinue(string, string, ref bool, ref bool)"/>
    internal new bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        base.ShouldContinue(TerminalText.VisibleLine(query), TerminalText.VisibleLine(caption), ref yesToAll, ref noToAll);

    private static async Task<bool> Completed(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (FaultException e)
        {
            Terminate(e.Fault);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
