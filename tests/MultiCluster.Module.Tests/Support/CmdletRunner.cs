using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.ExceptionServices;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Support;

/// <summary>
/// Runs a cmdlet class without PowerShell: binds parameters through the attributes that PowerShell reads, calls Begin, Process and End,
/// and collects the streams. <c>new CmdletRunner&lt;T&gt; { ["Name"] = "web" }.Run()</c>. A switch takes a bool.
/// </summary>
internal sealed class CmdletRunner<T> : IEnumerable
    where T : KubeCmdlet, new()
{
    private readonly List<(string Name, object? Value)> _named = [];
    private readonly List<object?> _positional = [];

    /// <summary>The cmdlet, to prepare it.</summary>
    public T Cmdlet { get; } = new();

    /// <summary>Where it writes.</summary>
    public RecordingSink Sink { get; init; } = new();

    public object? this[string parameter]
    {
        set => _named.Add((parameter, value));
    }

    /// <summary>An argument by position.</summary>
    public void Add(object? value) => _positional.Add(value);

    /// <summary>Runs it with nothing piped in.</summary>
    public RecordingSink Run() => Run(null);

    /// <summary>Runs it for each object piped in.</summary>
    /// <exception cref="BindingException">PowerShell would refuse the parameters.</exception>
    public RecordingSink Run(IEnumerable<object?>? input)
    {
        Cmdlet.Sink = Sink;
        using (Cmdlet)
        {
            var binding = new ParameterBinding(Cmdlet);
            Sink.Bound = binding.Bound;
            Sink.Command = binding.Command;
            Sink.TakesInput = input is not null;
            binding.BindArguments(_named, _positional);
            if (input is null)
                binding.Settle();
            Sink.ParameterSet = binding.Set;
            try
            {
                Call("BeginProcessing");
                foreach (var item in input ?? [null])
                {
                    if (input is not null)
                        binding.BindInput(item);
                    Sink.ParameterSet = binding.Set;
                    Call("ProcessRecord");
                }

                Call("EndProcessing");
            }
            catch (PipelineStoppedException) when (Sink.Terminated is not null)
            {
                // The sink tells which error ended it.
            }
        }

        Secrets.AssertNoneIn(Sink.Texts);
        return Sink;
    }

    /// <summary>Ctrl+C.</summary>
    public void Stop() => Call("StopProcessing");

    public IEnumerator GetEnumerator() => _positional.GetEnumerator();

    private void Call(string step)
    {
        try
        {
            typeof(Cmdlet).GetMethod(step, BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(Cmdlet, null);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }
}
