using System.Threading.Channels;
using MultiCluster.Objects;

namespace MultiCluster.Logs.Streams;

/// <summary>The pods of a cluster that are followed: those that come bring their containers, those that go are told so.</summary>
internal sealed class FollowedPods(LogCluster cluster) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Namespace, string Name), FollowedPod> _pods = [];
    private readonly Channel<FollowedContainer> _containers = Channel.CreateUnbounded<FollowedContainer>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LeftOutContainers _leftOut = new(cluster);

    /// <summary>The containers to follow, as they come; ends when no more can come.</summary>
    public ChannelReader<FollowedContainer> Containers => _containers.Reader;

    /// <summary>The pods that are there.</summary>
    public IReadOnlyList<KubePod> Present
    {
        get
        {
            lock (_gate)
                return [.. _pods.Values.Select(static pod => pod.Pod)];
        }
    }

    /// <summary>True when a pod of that uid is followed.</summary>
    public bool Has(KubePod pod)
    {
        lock (_gate)
            return _pods.TryGetValue((pod.Namespace!, pod.Name), out var known) && known.Pod.Uid == pod.Uid;
    }

    /// <summary>A pod is there, or has changed.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="watched">True when a watch tells of its changes.</param>
    /// <param name="initial">True when it was there when the call began.</param>
    public void Put(KubePod pod, bool watched, bool initial)
    {
        lock (_gate)
        {
            var key = (pod.Namespace!, pod.Name);
            if (!_pods.TryGetValue(key, out var known) || known.Pod.Uid != pod.Uid)
            {
                known?.Leave();
                known = new FollowedPod(cluster, pod, watched, initial);
                _pods[key] = known;
            }
            else
            {
                known.Update(pod);
            }

            AddContainers(known);
        }
    }

    /// <summary>A pod is gone.</summary>
    public void Remove(KubePod pod)
    {
        lock (_gate)
        {
            if (_pods.TryGetValue((pod.Namespace!, pod.Name), out var known) && known.Pod.Uid == pod.Uid && _pods.Remove((pod.Namespace!, pod.Name)))
                known.Leave();
        }
    }

    /// <summary>No more pods can come.</summary>
    public void Complete(Exception? failure = null) => _containers.Writer.TryComplete(failure);

    public void Dispose()
    {
        foreach (var pod in _pods.Values)
            pod.Dispose();
    }

    private void AddContainers(FollowedPod pod)
    {
        foreach (var name in cluster.Call.Containers.Of(pod.Pod))
        {
            var round = pod.Containers.Count;
            if (!pod.Containers.Add(name))
                continue;
            var container = new FollowedContainer(cluster, pod, name, round, _leftOut);
            container.AskEarly();
            pod.Begin();
            _containers.Writer.TryWrite(container);
        }
    }
}
