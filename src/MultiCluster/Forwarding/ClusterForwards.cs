using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Resources;

namespace MultiCluster.Forwarding;

/// <summary>One cluster's part in a call that begins forwards.</summary>
internal sealed class ClusterForwards(ClusterConnection connection, string defaultNamespace, CallContext context, ForwardCall call, FanOutSink sink)
    : TargetCluster(new WatchedCluster(connection, defaultNamespace, context, call.Watch, sink), call.Targets)
{
    /// <summary>Begins them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var scopes = new PodScopes(this, cancellationToken);
        await scopes.ResolveAsync().ConfigureAwait(false);
        var targets = new List<ForwardTarget>();

        // A forward outlives the call: it asks as patiently, and tells nobody.
        var own = new CallContext { Timeouts = Context.Timeouts };
        foreach (var name in scopes.Named)
            targets.Add(ForwardTarget.Of(Connection, own, name));
        foreach (var scope in scopes.Scopes)
            targets.AddRange(await OfScopeAsync(scope, own, cancellationToken).ConfigureAwait(false));

        // All are looked up at once, and begun in their order.
        var found = targets.Select(target => (Target: target, Pods: target.FindAsync(cancellationToken))).ToArray();
        foreach (var (target, pods) in found)
            await BeginAsync(target, pods, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ForwardTarget>> OfScopeAsync(PodScope scope, CallContext own, CancellationToken cancellationToken)
    {
        if (scope.Of is KubeNode node)
        {
            var fault = new Fault
            {
                Phase = FaultPhase.Invalid,
                Operation = $"forward to node {node.Name}",
                Detail = "a node has no port of its own here",
                Advice = "Forward to a pod that runs on it: Get-KubePod -Node shows them.",
            };
            await FaultAsync(fault, node, cancellationToken).ConfigureAwait(false);
            return [];
        }

        if (scope.Of is { } owner)
            return [ForwardTarget.Of(Connection, own, owner)];
        var pods = await new PodFinder(this).ListAsync(scope, cancellationToken).ConfigureAwait(false);
        return [.. pods.Where(static pod => pod.Phase == "Running").Select(pod => ForwardTarget.Of(Connection, own, new PodName(pod.Namespace!, pod.Name, pod)))];
    }

    private async Task BeginAsync(ForwardTarget target, Task<IReadOnlyList<TargetPod>> finding, CancellationToken cancellationToken)
    {
        TargetPod pod;
        try
        {
            pod = PodRoute.Best(await finding.ConfigureAwait(false));
        }
        catch (FaultException e)
        {
            await FaultAsync(e.Fault, target.Text, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!ReadyPods.IsReady(pod.Pod))
            Context.Say?.Invoke($"Pod {pod.Pod.Namespace}/{pod.Pod.Name} is not ready; no other pod of {target.Text} is either.");
        foreach (var port in call.Query.Ports)
        {
            try
            {
                var forwarder = PortForwarder.Start(call.Store, target, port, pod, call.Query.Addresses);
                call.Began(forwarder);
                await Sink.WriteAsync([forwarder.Forward], cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e)
            {
                var holder = e.Fault.Phase == FaultPhase.Conflict ? call.Store.All.FirstOrDefault(forward => forward.LocalPort == port.Local) : null;
                await FaultAsync(holder is null ? e.Fault : ForwardFaults.TakenBy(e.Fault, holder), target.Text, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
