using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Changes;

/// <summary>Events of both shapes that come, are seen again, and run out.</summary>
internal sealed class EventChanges
{
    private static readonly PodState[] States = [PodState.CrashLoop, PodState.Pending, PodState.NotReady, PodState.Running, PodState.ImagePull];

    private readonly LiveObjects _events;
    private readonly ChurnOptions _options;
    private readonly SeededRandom _random;
    private readonly (BodyTemplate First, BodyTemplate Again)[] _templates;

    public EventChanges(ClusterStore store, ChurnOptions options, SeededRandom random)
    {
        _events = new LiveObjects(store, "events", options, random);
        _options = options;
        _random = random;
        var now = store.Time.GetUtcNow();
        _templates = [.. States.Select(state => Templates(state, now))];
    }

    public Change Next(long serial)
    {
        if (_events.Count == _options.Objects && _events.Delete(_events.Oldest)) return Change.Deleted;
        if (_events.Count < 2 || _random.Chance(0.8))
        {
            var story = _random.Next(_templates.Length);
            _events.Write(_events.Add($"churn-{_random.Suffix(5)}.{_random.Hex(16)}", story), _templates[story].First, serial);
            return Change.Created;
        }
        var seen = _events.Any;
        _events.Write(seen, _templates[seen.Story].Again, serial);
        return Change.Updated;
    }

    private (BodyTemplate First, BodyTemplate Again) Templates(PodState state, DateTimeOffset now)
    {
        var node = state == PodState.Pending ? "" : World.NodeName(1);
        var pod = new PodFacts(_options.Namespace, "churn-4xk2z", _random.NewGuid().ToString(), "churn", node, "", state);
        var story = EventData.StoryOf(pod, 3, _random);
        return (Template("1"), Template(BodyTemplate.Count));

        BodyTemplate Template(string count) => BodyTemplate.Of(EventData.DraftOf(pod, story, BodyTemplate.Name, BodyTemplate.Times, count), now);
    }
}
