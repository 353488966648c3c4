using System.Management.Automation;
using MultiCluster.Exec;
using MultiCluster.Exec.Terminals;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Module.Commands.Exec;

/// <summary>Opens a terminal in a container of one pod.</summary>
[Cmdlet(VerbsCommon.Enter, "KubePod", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class EnterKubePodCommand : PodCmdlet
{
    private const int Offered = 10;

    /// <summary>The pod, or <c>kind/name</c> of what has pods, of which the readiest is entered.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>The program with its arguments; the first of sh, bash, ash and powershell that is there when left out.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>Attaches to the process that the container runs, in the place of starting one.</summary>
    [Parameter]
    public SwitchParameter Attach { get; set; }

    /// <summary>The keys that leave the terminal; <c>ctrl-p,ctrl-q</c> by default, an empty text for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string DetachKeys { get; set; } = "ctrl-p,ctrl-q";

    /// <summary>Seconds that the cluster may stay silent until the terminal is open; 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public override int TimeoutSec { get; set; } = 30;

    private protected override void Begin()
    {
        base.Begin();
        _ = MultiCluster.Exec.Terminals.DetachKeys.Of(DetachKeys);
        if (!LocalTerminal.IsThere || Host.Name != "ConsoleHost")
            throw new FaultException(LocalTerminal.NoTerminal());
        if (Attach && Command.Length > 0)
            throw new FaultException(FaultPhase.Invalid, "-Attach starts no command", "Leave out -Attach or -Command.");
    }

    private protected override void End()
    {
        if (!PipesNothing && OnePod() is { } pod)
            Enter(pod);
        base.End();
    }

    private KubePod? OnePod()
    {
        var (clusters, objects) = Meant();
        if (PipesObjects && objects.Count == 0)
            return null; // the errors have said why
        if (Name.Length + objects.Count == 0 && LabelSelector is null && FieldSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which pod", "Name it, or what has it: Enter-KubePod deployment/web.");
        using var call = new PodCall(
            new PodQuery
            {
                Names = Name,
                Objects = objects,
                Namespaces = Checked.Namespaces(Namespace),
                AllNamespaces = AllNamespaces,
                LabelSelector = Checked.Labels(LabelSelector),
                FieldSelector = Checked.Fields(FieldSelector),
            },
            clusters.Count,
            Time);
        var pods = new List<KubePod>();
        Ask<KubePod>(clusters, call.FindAsync, pod =>
        {
            pods.Add(pod);
            return true;
        });
        return pods switch
        {
            [] => null,
            [var one] => one,
            _ => throw new FaultException(
                FaultPhase.Invalid,
                $"{pods.Count} pods fit, and one can be entered: {string.Join(", ", pods.Take(Offered).Select(static pod => $"{pod.ClusterName} {pod.Namespace}/{pod.Name}"))}{(pods.Count > Offered ? ", ..." : "")}",
                "Name one of them, and its cluster with -Cluster."),
        };
    }

    private void Enter(KubePod pod)
    {
        var cluster = Session.Pool.Selected.Single(cluster => cluster.ClusterId == pod.ClusterId);
        var containers = new ContainerChoice(Container is { } name ? [name] : [], all: false);
        if (containers.Of(pod) is not [var container, ..])
            throw new FaultException(ContainerSearch.NoContainer(pod, Container!, "enter"));
        if (Allowed([cluster], $"{pod.Namespace} / {pod.Name} / {container}", "Enter").Count == 0)
            return;
        var query = new ProcessQuery
        {
            Namespace = pod.Namespace!,
            Pod = pod.Name,
            Container = container,
            Command = Attach || Command.Length == 0 ? null : Command,
            Operation = $"enter {pod.Namespace}/{pod.Name}",
        };
        WriteVerbose($"Entering container {container} of {pod.Namespace}/{pod.Name} in {pod.ClusterName}; {(DetachKeys.Length == 0 ? "no keys leave" : $"{DetachKeys} leaves")} it.");
        var shells = Attach || Command.Length > 0 ? [] : PodTerminal.Shells;
        // A line of Verbose in the middle would stand in the program's screen.
        var code = Await(new PodTerminal(cluster.Connection!, query, CallOf(cluster.Connection!.Identity) with { Observer = null }).RunAsync(shells, LocalTerminal.Open, DetachKeys, Cancellation));
        if (code is null)
            WriteToHost("");
        SessionState.PSVariable.Set("global:LASTEXITCODE", code ?? 0);
    }
}
