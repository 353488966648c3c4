using System.Management.Automation;
using MultiCluster.Forwarding;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Forwarding;

/// <summary>Forwards local ports to pods, Services and workloads of every selected cluster.</summary>
[Cmdlet(VerbsLifecycle.Start, "KubePortForward", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(KubePortForward))]
public sealed class StartKubePortForwardCommand : ClusterCmdlet
{
    /// <summary>
    /// Names of pods, or <c>kind/name</c> of what has pods: <c>svc/api</c>, <c>deployment/web</c>, <c>statefulset/db</c>. With wildcards.
    /// </summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PodNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// The target's ports, by number or name: <c>80</c>, <c>http</c>. A local port may stand before it, <c>8080:80</c>; else, or with 0, a free
    /// one is taken.
    /// </summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ForwardPortCompleter))]
    public string[] Port { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>
    /// Addresses of this machine to listen on: <c>localhost</c>, IP addresses, <c>0.0.0.0</c> for all. 127.0.0.1 and ::1 by default; with any
    /// other, whoever reaches this machine reaches the pods.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ListenAddressCompleter))]
    public string[] Address { get; set; } = [];

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        Run();
        base.End();
    }

    private void Run()
    {
        if (PipesNothing)
            return;
        var clusters = Targets();
        IReadOnlyList<KubeObject> objects = [];
        if (PipesObjects)
        {
            objects = ReadObjects(clusters, new ReferenceQuery { DefaultKind = "pods" });
            if (objects.Count == 0)
                return; // the errors have said why
            var asked = objects.Select(static item => item.ClusterId).ToHashSet();
            clusters = [.. clusters.Where(cluster => asked.Contains(cluster.ClusterId))];
        }

        var query = new ForwardQuery
        {
            Names = Name,
            Objects = objects,
            Namespaces = Checked.Namespaces(Namespace),
            Ports = [.. Port.SelectMany(static port => port.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(ForwardPort.Parse)],
            Addresses = ListenAddresses.Of(Address),
        };
        using var call = new ForwardCall(query, ForwardStore.Of(Session.Pool), clusters.Count, Time);
        var what = objects.Count switch
        {
            0 => string.Join(", ", Name),
            1 => $"{objects[0]}",
            var many => $"{many} objects",
        };
        clusters = [.. clusters.Where(cluster => ShouldProcess($"{cluster.ClusterName} / {what}", $"Forward local ports to {string.Join(", ", query.Ports)}"))];
        var started = 0;
        try
        {
            Ask<KubePortForward>(clusters, call.RunAsync, forward =>
            {
                started++;
                call.Took(forward); // a pipeline that has enough keeps what it was given
                WriteObject(forward);
                return true;
            });
        }
        finally
        {
            if (Stopping)
                call.Undo(); // Ctrl+C: nobody has what was begun
        }

        if (started == 0 && objects.Count == 0)
            TellNothingFits("running pod", clusters, Name);
    }
}
