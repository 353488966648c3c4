using System.Globalization;
using System.Management.Automation;
using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.Http;
using MultiCluster.Module.Commands.Nodes;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;

namespace MultiCluster.Module.Commands.Debugging;

/// <summary>Makes a pod on nodes that has their namespaces and files, runs a command in it, and removes it.</summary>
[Cmdlet(VerbsDiagnostic.Debug, "KubeNode", SupportsShouldProcess = true)]
[OutputType(typeof(KubeCommandOutput), typeof(KubeDebugResult))]
public sealed class DebugKubeNodeCommand : NodeCmdlet
{
    /// <summary>Names of nodes, with wildcards; <c>*</c> for all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>
    /// The program and its arguments, as they are: no shell reads them. The node's own programs run by <c>chroot /host</c>. Put <c>--</c> before it
    /// when it has arguments with a hyphen.
    /// </summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>The pod's image; <c>busybox</c> by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Image { get; set; } = DebugOptions.DefaultImage;

    /// <summary>The pod's namespace; the session's when left out. It must allow pods with the host's namespaces.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    /// <summary>Starts the pod with a terminal, and attaches yours.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Leaves the pod where it is.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    /// <summary>Seconds that the pod may take to start; 60 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public override int TimeoutSec { get; set; } = 60;

    private protected override RequestTimeouts Timeouts => RequestTimeouts.Default;

    private protected override void Begin()
    {
        base.Begin();
        if (Interactive && !DryRun && !IsWhatIf)
            DebugTerminal.Check(Host.Name);
    }

    private protected override void End()
    {
        Run();
        base.End();
    }

    private void Run()
    {
        var query = new NodeDebugQuery
        {
            Namespace = Namespace is { } ns ? Checked.Namespaces([ns])[0] : null,
            Keep = Keep,
            Options = new DebugOptions
            {
                Image = Image,
                Command = Command,
                Attach = Interactive && !DryRun ? DebugTerminal.AttachAsync : null,
                StartLimit = TimeSpan.FromSeconds(TimeoutSec),
                DryRun = DryRun,
            },
        };
        _ = new NodeDebugCall(query, []); // what is wrong with it is said before any node is looked for
        var (nodes, clusters) = Find();
        var action = $"Make a pod of {Image} with the host's namespaces and files{(Namespace is null ? "" : $" in namespace {Namespace}")}{(Command.Length == 0 ? "" : $", and run '{string.Join(' ', Command)}'")}";
        KubeNode[] allowed = [.. nodes.Where(node => MayChange(clusters[node.ClusterId], $"Node / {node.Name}", action))];
        var call = new NodeDebugCall(query, allowed);
        try
        {
            Ask<object>(
                [.. allowed.Select(node => clusters[node.ClusterId]).Distinct()],
                call.RunAsync,
                item =>
                {
                    WriteObject(item);
                    return true;
                },
                progress: () => Interactive ? null : new ProgressState(string.Create(CultureInfo.CurrentCulture, $"done with {call.Done:N0} of {call.Count:N0} nodes"), call.Done * 100 / Math.Max(1, call.Count), []));
        }
        finally
        {
            // A pipeline that is being stopped takes no errors any more.
            if (Cancellation.IsCancellationRequested)
            {
                foreach (var left in call.Left)
                    WriteToHost($"{left.Message} {left.Advice}");
            }
        }
    }
}
