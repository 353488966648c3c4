using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Controllers;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Workloads;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox;

/// <summary>
/// What acts in a cluster by itself. How long pods take counts always; the controllers are off unless <see cref="FleetOptions.Controllers"/>
/// says otherwise, so that the data stay as they were made. All follow the cluster's clock.
/// </summary>
public sealed class ClusterControllers
{
    /// <summary>A pod's annotation that says how many seconds it takes to end once it is deleted, or <c>never</c>.</summary>
    public const string TerminationAnnotation = PodTimes.TerminationAnnotation;

    /// <summary>A pod's annotation that says how many seconds it takes to become ready, or <c>never</c>.</summary>
    public const string StartAnnotation = PodTimes.StartAnnotation;

    /// <summary>
    /// A pod's annotation that says how many seconds its containers run before they end, from being ready on. Without it, and with the
    /// restart policy Always, they run for ever.
    /// </summary>
    public const string RunAnnotation = PodTimes.RunAnnotation;

    /// <summary>A pod's annotation that says with which exit code its containers end; 0, success, without it.</summary>
    public const string ExitAnnotation = PodTimes.ExitAnnotation;

    /// <summary>What the name of an image begins with that no kubelet can pull: its pod never becomes ready, and a rollout of it fails.</summary>
    public const string UnpullableImage = PodTimes.UnpullableImage;

    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    // What a node's metadata says of the machine that it was.
    private static readonly string[] OfOneMachine =
        ["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "finalizers"];

    private readonly Lock _lock = new();
    private readonly ClusterStore _store;
    private readonly Deletion _deletion;
    private readonly PodEnder _ender;
    private readonly PodTimes _times;
    private readonly int _seed;
    private Running? _running;

    internal ClusterControllers(ClusterStore store, Deletion deletion, PodEnder ender, PodTimes times, int seed) =>
        (_store, _deletion, _ender, _times, _seed) = (store, deletion, ender, times, seed);

    /// <summary>How long a pod takes to end once it is deleted; its grace period is the most. 1 s by default.</summary>
    public TimeSpan PodTerminationTime
    {
        get => _times.Termination;
        set => _times.Termination = value;
    }

    /// <summary>How long a pod takes from its node to being ready. 1 s by default.</summary>
    public TimeSpan PodStartTime
    {
        get => _times.Start;
        set => _times.Start = value;
    }

    /// <summary>
    /// How long after a write the controllers look at it. None by default: what a write brings about at once is done when it is answered.
    /// With some, a budget's status is behind for so long.
    /// </summary>
    public TimeSpan ReactionTime { get; set; }

    /// <summary>
    /// Lets the controllers work: ReplicaSets, Deployments, StatefulSets, DaemonSets and Jobs get their pods, and roll when their template changes;
    /// CronJobs get their Jobs when they are due, pods their nodes, budgets and workloads their status, cordoned nodes their taint; deleted owners'
    /// objects and namespaces' contents go.
    /// </summary>
    public void Start()
    {
        Running started;
        lock (_lock)
        {
            if (_running is not null) return;
            _running = started = new Running(this);
        }
        started.Begin();
    }

    /// <summary>Stops the controllers; what they have begun stays as it is. Pods that are deleted still go.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _store.Observer = null;
            _running?.Dispose();
            _running = null;
        }
    }

    /// <summary>
    /// Replaces a node as a provider of machines does: the old one goes with its pods, and a new one comes under its name, with a uid of its own,
    /// schedulable and empty.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such node.</exception>
    public void ReplaceNode(string name)
    {
        var old = _store.Find("nodes", null, name) ?? throw new InvalidOperationException($"Node {name} not found.");
        var node = old.ToJson();
        var metadata = node["metadata"]!.AsObject();
        foreach (var given in OfOneMachine) metadata.Remove(given);
        if (node["spec"] is JsonObject spec)
        {
            spec.Remove("unschedulable");
            if (spec["taints"] is JsonArray taints && taints.FirstOrDefault(t => t!["key"]?.ToString() == Unschedulable) is { } cordon) taints.Remove(cordon);
        }
        if (node["status"]?["nodeInfo"] is JsonObject machine) machine["bootID"] = machine["machineID"] = Guid.NewGuid().ToString();
        _store.TryRemove(old.Kind, "", name, old.Uid);
        _store.Add(node);
        foreach (var pod in _store.List("pods").Where(p => p.ToJson()["spec"]?["nodeName"]?.ToString() == name))
            _store.TryRemove(pod.Kind, pod.Namespace, pod.Name, pod.Uid);
    }

    /// <summary>One time of working.</summary>
    private sealed class Running : IWriteObserver, IDisposable
    {
        private readonly ClusterStore _store;
        private readonly WorkQueue _queue;
        private readonly OwnerIndex _owners = new();
        private readonly IReadOnlyList<Controller> _controllers;

        public Running(ClusterControllers settings)
        {
            _store = settings._store;
            _queue = new WorkQueue(_store.Time, () => settings.ReactionTime);
            var context = new ControllerContext(_store, settings._deletion, _queue, _owners, new PodMaker(_store, new SeededRandom(settings._seed)));
            _controllers =
            [
                new NamespaceController(context), new NodeController(context), new GarbageCollector(context), new DeploymentController(context),
                new ReplicaSetController(context), new StatefulSetController(context), new DaemonSetController(context), new JobController(context),
                new CronJobController(context),
                new Scheduler(context), new PodStarter(context, settings._ender, settings._times), new DisruptionController(context),
            ];
        }

        public void Begin()
        {
            _store.Follow(this, () => _owners.Fill(_store));
            foreach (var controller in _controllers) controller.LookAtAll();
            _queue.Run();
        }

        public void OnWrite(StoredWrite written)
        {
            _owners.Update(written);
            foreach (var controller in _controllers) controller.OnWrite(written);
        }

        public void AfterWrite() => _queue.Run();

        public void Dispose() => _queue.Dispose();
    }
}
