using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Workloads;

namespace MultiCluster.Waiting;

/// <summary>The EndpointSlices of the Services that are waited for, which come by a watch of their own.</summary>
/// <param name="services">The Services.</param>
internal sealed class ServiceEndpoints(IReadOnlyList<WaitTarget> services) : IWatchConsumer
{
    /// <summary>Their kind.</summary>
    public const string Kind = "endpointslices.discovery.k8s.io";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Namespace, string Service), Dictionary<string, KubeEndpointSlice>> _slices = [];
    private int _unlisted = 1;

    /// <summary>Told of Services whose endpoints have changed; null stands for all.</summary>
    public Func<IReadOnlySet<(string Namespace, string Name)>?, CancellationToken, ValueTask> Changed { get; set; } = static (_, _) => default;

    public bool WantsPrevious => true;

    /// <summary>What is watched.</summary>
    public WatchScope Scope() => new((_, defaultNamespace) =>
    {
        string[] namespaces = [.. services.Select(one => one.Namespace ?? defaultNamespace).Distinct()];
        var query = new ListQuery { Namespace = namespaces is [var only] ? only : null };
        return [query with { LabelSelector = services is [{ Name: var name }] ? $"{ServiceRollout.ServiceLabel}={name}" : ServiceRollout.ServiceLabel }];
    })
    {
        ChecksNamespaces = false,
    };

    /// <summary>The slices of a Service; null while it is not known which there are.</summary>
    public IReadOnlyCollection<KubeEndpointSlice>? Of(KubeObject service)
    {
        lock (_lock)
            return _unlisted > 0 ? null : _slices.TryGetValue((service.Namespace ?? "", service.Name), out var slices) ? [.. slices.Values] : [];
    }

    public void Begins(int places)
    {
        lock (_lock)
            _unlisted = places;
    }

    public ValueTask TakeAsync(IReadOnlyList<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var touched = new HashSet<(string, string)>();
        lock (_lock)
        {
            foreach (var (type, item, _, _) in changes)
            {
                if (item is not KubeEndpointSlice slice || slice.LabelsJson["kubernetes.io/service-name"u8].AsText() is not { } service)
                    continue;
                var key = (slice.Namespace ?? "", service);
                touched.Add(key);
                if (!_slices.TryGetValue(key, out var slices))
                    _slices[key] = slices = new(StringComparer.Ordinal);
                if (type == WatchEventType.Deleted)
                    slices.Remove(slice.Name);
                else
                    slices[slice.Name] = slice;
            }
        }

        return Changed(touched, cancellationToken);
    }

    public ValueTask ListedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (--_unlisted > 0)
                return default;
        }

        return Changed(null, cancellationToken); // those without any, too
    }
}
