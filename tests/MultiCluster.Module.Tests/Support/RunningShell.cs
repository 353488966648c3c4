using System.Management.Automation;

namespace MultiCluster.Module.Tests.Support;

/// <summary>A script while it runs.</summary>
internal sealed class RunningShell : IDisposable
{
    private readonly Shell _shell;
    private readonly PowerShell _powershell = PowerShell.Create();
    private readonly IAsyncResult _run;
    private readonly PSDataCollection<PSObject> _output = new() { EnumeratorNeverBlocks = true };

    public RunningShell(Shell shell, string script)
    {
        _shell = shell;
        _powershell.Runspace = shell.Runspace;
        // What ends a statement would let a script go on to the next one, as it does at the prompt.
        _powershell.AddScript($"try {{ {script}\n}} catch {{ throw }}");
        var input = new PSDataCollection<PSObject>();
        input.Complete();
        _run = _powershell.BeginInvoke(input, _output);
    }

    /// <summary>The objects so far.</summary>
    public IReadOnlyList<object?> Output => [.. _output.Select(Shell.Unwrapped)];

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<ErrorRecord> Errors => So(_powershell.Streams.Error);

    /// <summary>The warnings so far.</summary>
    public IReadOnlyList<string> Warnings => [.. _powershell.Streams.Warning.Select(static record => record.Message)];

    /// <summary>The information so far.</summary>
    public IReadOnlyList<InformationRecord> Information => So(_powershell.Streams.Information);

    /// <summary>The progress so far.</summary>
    public IReadOnlyList<ProgressRecord> Progress => So(_powershell.Streams.Progress);

    /// <summary>Lets it run until it has come so far; it fails where it ends before.</summary>
    public void Until(Func<RunningShell, bool> condition)
    {
        Eventually.True(() => condition(this) || _run.IsCompleted, "It does not come so far.");
        Assert.True(condition(this), $"It ended before, with {Output.Count} objects. {string.Join("\n", Errors.Append((_powershell.InvocationStateInfo.Reason as RuntimeException)?.ErrorRecord))}");
    }

    /// <summary>Ctrl+C; returns when the pipeline has ended.</summary>
    public ShellRun Stop()
    {
        _powershell.Stop();
        return Wait();
    }

    /// <summary>Waits for its end.</summary>
    public ShellRun Wait()
    {
        ErrorRecord? terminated = null;
        var stopped = false;
        Assert.True(_run.AsyncWaitHandle.WaitOne(Eventually.Patience), "It does not end.");
        try
        {
            _powershell.EndInvoke(_run);
        }
        catch (PipelineStoppedException)
        {
            stopped = true;
        }
        catch (RuntimeException e)
        {
            terminated = e.ErrorRecord;
        }

        var streams = _powershell.Streams;
        var run = new ShellRun
        {
            Output = Output,
            Errors = Errors,
            Terminated = terminated,
            Stopped = stopped,
            Warnings = Warnings,
            Verbose = [.. streams.Verbose.Select(static record => record.Message)],
            Debug = [.. streams.Debug.Select(static record => record.Message)],
            Information = Information,
            Progress = Progress,
        };
        Secrets.AssertNoneIn([.. run.Texts, .. _shell.Host.Texts]);
        return run;
    }

    public void Dispose() => _powershell.Dispose();

    // A copy made at one go would ask for the number first, and the stream grows meanwhile.
    private static List<T> So<T>(PSDataCollection<T> stream)
    {
        var all = new List<T>();
        for (var i = 0; i < stream.Count; i++)
            all.Add(stream[i]);
        return all;
    }
}
