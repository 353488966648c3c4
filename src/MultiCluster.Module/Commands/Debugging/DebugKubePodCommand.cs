using System.Globalization;
using System.Management.Automation;
using MultiCluster.Debugging;
using MultiCluster.Exec;
using MultiCluster.Http;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Commands.Debugging;

/// <summary>Adds a container to running pods, to look into them with programs that they do not have.</summary>
[Cmdlet(VerbsDiagnostic.Debug, "KubePod", SupportsShouldProcess = true)]
[OutputType(typeof(KubeDebugResult), typeof(KubeCommandOutput))]
public sealed class DebugKubePodCommand : PodCmdlet
{
    /// <summary>
    /// The program and its arguments that the container runs, as they are: no shell reads them. What its image runs when left out. Put <c>--</c>
    /// before it when it has arguments with a hyphen.
    /// </summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>The container's image; <c>busybox</c> by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Image { get; set; } = DebugOptions.DefaultImage;

    /// <summary>The container of the pod whose processes the new one sees.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string? Target { get; set; }

    /// <summary>The new container's name; <c>debugger-</c> and five characters by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContainerName { get; set; }

    /// <summary>Starts the container with a terminal, and attaches yours.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Has the servers check everything and change nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Seconds that the container may take to start; 60 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public override int TimeoutSec { get; set; } = 60;

    /// <summary>No parameter here: the container is a new one, and <see cref="Target"/> says beside which.</summary>
    public override string? Container { get; set; }

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
        if (PipesNothing)
            return;
        var (clusters, objects) = Meant();
        if (PipesObjects && objects.Count == 0)
            return; // the errors have said why
        using var call = new PodDebugCall(
            new PodDebugQuery
            {
                Names = Name,
                Objects = objects,
                Namespaces = Checked.Namespaces(Namespace),
                AllNamespaces = AllNamespaces,
                LabelSelector = Checked.Labels(LabelSelector),
                FieldSelector = Checked.Fields(FieldSelector),
                ContainerName = ContainerName,
                Target = Target,
                Options = new DebugOptions
                {
                    Image = Image,
                    Command = Command,
                    Attach = Interactive && !DryRun ? DebugTerminal.AttachAsync : null,
                    StartLimit = TimeSpan.FromSeconds(TimeoutSec),
                    DryRun = DryRun,
                },
            },
            clusters.Count,
            Time);
        var allowed = Allowed(clusters, PodsInWords(objects), $"Add an ephemeral container of {Image}{(Command.Length == 0 ? "" : $" that runs '{string.Join(' ', Command)}'")}, which cannot be removed", DryRun);
        Ask<object>(
            allowed,
            call.RunAsync,
            item =>
            {
                WriteObject(item);
                return true;
            },
            progress: () =>
            {
                if (Interactive)
                    return null; // the screen is the container's
                var (pods, done) = call.Counts;
                return new(string.Create(CultureInfo.CurrentCulture, $"done with {done:N0} of {pods:N0} pods"), done * 100 / Math.Max(1, pods), []);
            });
        if (allowed.Count > 0 && call.NothingFits)
            TellNothingFits("pod", allowed, LabelSelector, FieldSelector);
    }
}
