using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Changes;

/// <summary>Pods that are scheduled, start, restart, crash and go.</summary>
internal sealed class PodChanges
{
    // What a pod goes through; from the second on it goes round.
    private static readonly PodState[] States = [PodState.Pending, PodState.Running, PodState.Restarted, PodState.NotReady, PodState.CrashLoop];

    private readonly LiveObjects _pods;
    private readonly ChurnOptions _options;
    private readonly SeededRandom _random;
    private readonly BodyTemplate[] _templates;

    public PodChanges(ClusterStore store, ChurnOptions options, SeededRandom random)
    {
        _pods = new LiveObjects(store, "pods", options, random);
        _options = options;
        _random = random;
        var world = new World(store, new DataOptions(options.Objects), random);
        var template = new PodTemplate(options.Namespace, options.PodName, "backend", Applications.Image(options.PodName, random));
        _templates =
        [
            .. States.Select(state => BodyTemplate.Of(
                PodData.DraftOf(world, template, BodyTemplate.Name, state, TimeSpan.Zero, random.Next(world.NodeCount), state == PodState.Pending ? "" : "10.40.1.7"),
                world.Now)),
        ];
    }

    public Change Next(long serial)
    {
        if (_pods.Count < _options.Objects / 2 || (_pods.Count < _options.Objects && _random.Chance(0.2))) return Create(serial);
        if (_pods.Count == _options.Objects || _random.Chance(0.25)) return _pods.Delete(_pods.Any) ? Change.Deleted : Create(serial);
        var pod = _pods.Any;
        _pods.Write(pod, _templates[1 + ((pod.Step - 1) % (_templates.Length - 1))], serial);
        return Change.Updated;
    }

    private Change Create(long serial)
    {
        _pods.Write(_pods.Add($"{_options.PodName}-{_random.Suffix(10)}"), _templates[0], serial);
        return Change.Created;
    }
}
