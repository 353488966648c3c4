using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Forwarding;

/// <summary>What is forwarded to, which outlives its pods: a Service, a workload, or a pod by its name.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="context">How it is asked.</param>
internal abstract class ForwardTarget(ClusterConnection connection, CallContext context)
{
    /// <summary>Its namespace.</summary>
    public abstract string Namespace { get; }

    /// <summary>What it is called, as the user would write it: <c>service/api</c>, <c>web-1</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The same with the short name of its kind: <c>svc/api</c>.</summary>
    public virtual string ShortText => Text;

    /// <summary>The cluster.</summary>
    public ClusterConnection Connection => connection;

    /// <summary>How the cluster is asked.</summary>
    public CallContext Context => context;

    /// <summary>The pod of that name.</summary>
    public static ForwardTarget Of(ClusterConnection connection, CallContext context, PodName name) => new OfName(connection, context, name);

    /// <summary>The pods of a Service or a workload.</summary>
    public static ForwardTarget Of(ClusterConnection connection, CallContext context, KubeObject owner) => new OfOwner(connection, context, owner);

    /// <summary>Its pods as they are now, those that run alone.</summary>
    /// <exception cref="FaultException">There is none that runs (<see cref="ForwardFaults.NoPodReason"/>), the target is gone, or the cluster fails.</exception>
    public abstract Task<IReadOnlyList<TargetPod>> FindAsync(CancellationToken cancellationToken);

    private static bool Runs(KubePod pod) => pod is { Phase: "Running", IsDeleted: false };

    private sealed class OfName(ClusterConnection connection, CallContext context, PodName name) : ForwardTarget(connection, context)
    {
        private KubePod? _known = name.Known;
        private bool _found;

        public override string Namespace => name.Namespace;

        public override string Text => name.Name;

        public override async Task<IReadOnlyList<TargetPod>> FindAsync(CancellationToken cancellationToken)
        {
            KubePod pod;
            try
            {
                using var link = Connection.EnterWatch();
                pod = (KubePod)await link.Objects.GetAsync(PodFinder.PodKind, name.Namespace, name.Name, false, Context, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound && _found)
            {
                // A StatefulSet makes another one of the same name.
                throw new FaultException(_known?.Owner?.StartsWith("StatefulSet/", StringComparison.Ordinal) == true
                    ? ForwardFaults.NotRunning(_known) with { Detail = "the pod is gone, and its StatefulSet has not made the next one yet" }
                    : ForwardFaults.Gone(e.Fault, $"{name.Namespace}/{name.Name}"));
            }

            // What was read before is meant, and not what bears its name by now. Later on, the name is.
            if (!_found && _known is { } known && known.Uid != pod.Uid)
                throw new FaultException(WriteFaults.Replaced(pod.Source.Kind, pod.Name) with { Operation = $"forward to pod {pod.Namespace}/{pod.Name}", Advice = "Give its name, if the new one is meant." });
            (_known, _found) = (pod, true);
            return Runs(pod) ? [new TargetPod(pod, null)] : throw new FaultException(ForwardFaults.NotRunning(pod));
        }
    }

    private sealed class OfOwner : ForwardTarget
    {
        private readonly ResourceKind _kind;
        private readonly string _name;
        private KubeObject? _owner;

        public OfOwner(ClusterConnection connection, CallContext context, KubeObject owner)
            : base(connection, context)
        {
            (_owner, _kind, _name) = (owner, owner.Source.Kind, owner.Name);
            (Namespace, Text) = (owner.Namespace ?? "", $"{_kind.Singular}/{_name}");
        }

        public override string Namespace { get; }

        public override string Text { get; }

        public override string ShortText => _kind.ShortNames is [var first, ..] ? $"{first}/{_name}" : Text;

        /// <summary>The first time the owner is as it was just read; later it is read again, since it may select others or lead elsewhere by now.</summary>
        public override async Task<IReadOnlyList<TargetPod>> FindAsync(CancellationToken cancellationToken)
        {
            using var link = Connection.EnterWatch();
            var now = Interlocked.Exchange(ref _owner, null)
                ?? await link.Objects.GetAsync(_kind, Namespace, _name, false, Context, cancellationToken).ConfigureAwait(false);
            var scope = PodScope.OfOwner(now);
            var owners = new PodOwners(Connection, Context);
            var pods = new List<KubePod>();
            await foreach (var piece in link.Objects.ListAsync(PodFinder.PodKind, scope.Query, Context, cancellationToken).ConfigureAwait(false))
            {
                foreach (var pod in piece.Cast<KubePod>())
                {
                    if (scope.Owner is null || await owners.OwnsAsync(scope.Owner, pod, cancellationToken).ConfigureAwait(false))
                        pods.Add(pod);
                }
            }

            var running = pods.Where(Runs).Select(pod => new TargetPod(pod, now as KubeService)).ToArray();
            return running.Length > 0 ? running : throw new FaultException(ForwardFaults.NoPod($"{Text} in namespace {Namespace}", pods));
        }
    }
}
