using System.Globalization;
using System.Management.Automation;
using MultiCluster.Exec;
using MultiCluster.Http;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Exec;

/// <summary>Runs a command in pods of every selected cluster.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeCommand", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Command")]
[OutputType(typeof(KubeCommandOutput), typeof(KubeCommandResult), typeof(byte[]))]
public sealed class InvokeKubeCommandCommand : PodCmdlet
{
    private readonly CommandInput _input = new();

    /// <summary>The program and its arguments, as they are: no shell reads them. Put <c>--</c> before it when it has arguments with a hyphen.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromRemainingArguments = true, ParameterSetName = "Command")]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>A line for the container's shell: <c>'ls /tmp | wc -l'</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Shell")]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>The shell; <c>sh</c> by default. It is given <c>-c</c> and the line.</summary>
    [Parameter(ParameterSetName = "Shell")]
    [ValidateNotNullOrEmpty]
    public string ShellPath { get; set; } = "sh";

    /// <summary>One pod of each workload, Service, node or selector, the readiest, in the place of all.</summary>
    [Parameter]
    public SwitchParameter AnyPod { get; set; }

    /// <summary>What the command reads in every pod: lines of text, or bytes. Text that is piped in is the same.</summary>
    [Parameter]
    [ValidateNotNull]
    public object[] StandardInput { get; set; } = [];

    /// <summary>One result for each pod, with the whole output, in the place of lines.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The output as bytes.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Seconds that the command may take in each pod; no bound by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public override int TimeoutSec { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public sealed override SwitchParameter AsJob { get; set; }

    private protected override RequestTimeouts Timeouts => RequestTimeouts.Default;

    private protected override bool PipesElse => _input.Any;

    private protected override void Begin()
    {
        base.Begin();
        foreach (var value in StandardInput)
            _input.Add(value);
    }

    private protected override void Process()
    {
        PSObject[] rows = [.. InputObject.Where(row => !_input.TryTake(row))];
        if (rows.Length == 0)
            return;
        InputObject = rows;
        base.Process();
    }

    private protected override void End()
    {
        Run();
        base.End();
    }

    private void Run()
    {
        if (PipesNothing)
            return;
        var (clusters, objects) = Meant();
        if (PipesObjects && objects.Count == 0)
            return; // the errors have said why
        var query = new CommandQuery
        {
            Command = Shell is { } line ? [ShellPath, "-c", line] : Command,
            Title = Shell ?? string.Join(' ', Command),
            Names = Name,
            Objects = objects,
            Namespaces = Checked.Namespaces(Namespace),
            AllNamespaces = AllNamespaces,
            LabelSelector = Checked.Labels(LabelSelector),
            FieldSelector = Checked.Fields(FieldSelector),
            Container = Container,
            AnyPod = AnyPod,
            Input = _input.Bytes,
            Raw = Raw,
            AsBytes = AsByteStream,
            Limit = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : null,
        };
        var call = new CommandCall(query, clusters.Count, Time);
        var allowed = Allowed(clusters, PodsInWords(objects), $"Run '{PodCommand.Shown(query)}'");
        if (AsJob && allowed.Count > 0)
        {
            StartJob<object>(
                allowed,
                call.RunAsync,
                (job, item) =>
                {
                    job.Take(Shape(item));
                    return true;
                },
                ended: call.Dispose);
            return;
        }

        using (call)
        {
            Ask<object>(
                allowed,
                call.RunAsync,
                item =>
                {
                    WriteObject(Shape(item));
                    return true;
                },
                progress: () => Progress(call));
            if (allowed.Count > 0 && call.NothingFits)
                TellNothingFits("pod", allowed, LabelSelector, FieldSelector);
        }
    }

    /// <summary>Bytes come as an array with the names of where they come from; all else as it is.</summary>
    private object Shape(object item)
    {
        if (!AsByteStream || item is not KubeCommandOutput { Stream: CommandStream.Output } output)
            return item;
        var bytes = new PSObject(output.Bytes);
        foreach (var (name, value) in new[] { ("ClusterId", output.ClusterId), ("ClusterName", output.ClusterName), ("Namespace", output.Namespace), ("Pod", output.Pod), ("Container", output.Container) })
            bytes.Properties.Add(new PSNoteProperty(name, value));
        return bytes;
    }

    private static ProgressState? Progress(CommandCall call)
    {
        var (pods, done) = call.Counts;
        return new(string.Create(CultureInfo.CurrentCulture, $"ended in {done:N0} of {pods:N0} pods"), done * 100 / Math.Max(1, pods), []);
    }
}
