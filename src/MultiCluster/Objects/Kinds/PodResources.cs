using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>What a pod requests of a resource and how much it may use: CPU or memory, as the scheduler and <c>kubectl describe node</c> count it.</summary>
/// <remarks>
/// <c>PodRequests</c> and <c>PodLimits</c> in k8s.io/component-helpers <c>resource/helpers.go</c>, with <c>UseStatusResources</c>:
/// the sum of the containers and sidecars, or what one init container needs with the sidecars before it, if that is more (KEP-753); for
/// resized pods the most of what is wanted, allocated and in force; <c>spec.resources</c> of the whole pod in place of it; and the
/// overhead, which raises no limit that is not there. Devices that claims allocate are not counted. The pod is read once, whatever is asked
/// of it then: who adds up a cluster asks four questions of each pod.
/// </remarks>
internal sealed class PodResources
{
    private readonly List<Container> _containers = [];
    private readonly List<Container> _initContainers = [];
    private readonly JsonSlice _ofPod;
    private readonly JsonSlice _overhead;
    private readonly bool _isInfeasible;
    private readonly bool _tellsResources;

    /// <summary>Reads a pod's spec and status.</summary>
    public PodResources(JsonSlice spec, JsonSlice status)
    {
        JsonSlice containers = default, initContainers = default;
        foreach (var member in spec.Members)
        {
            if (member.NameIs("containers"u8))
                containers = member.Value;
            else if (member.NameIs("initContainers"u8))
                initContainers = member.Value;
            else if (member.NameIs("resources"u8))
                _ofPod = member.Value;
            else if (member.NameIs("overhead"u8))
                _overhead = member.Value;
        }

        // Most pods' statuses tell nothing of resources, and need not be walked through.
        List<Told>? told = null;
        if (status.MayHold("\"resources\""u8) || status.MayHold("\"allocatedResources\""u8) || status.MayHold("\"PodResizePending\""u8))
            told = ReadStatus(status, out _isInfeasible);
        _tellsResources = told is not null;
        foreach (var container in containers.Elements)
            _containers.Add(Read(container, told));
        foreach (var container in initContainers.Elements)
            _initContainers.Add(Read(container, told));
    }

    /// <summary>What a container's amount is read from.</summary>
    private enum Amount
    {
        Wanted,
        Allocated,
        InForce,
    }

    /// <summary>What it requests; null when nothing of it does.</summary>
    public Quantity? Request(ReadOnlySpan<byte> resource)
    {
        var field = "requests"u8;
        Quantity? total = null;
        if (_tellsResources || _isInfeasible)
            total = Larger(Sum(field, resource, Amount.InForce), Sum(field, resource, Amount.Allocated));
        if (!_isInfeasible)
            total = Larger(Sum(field, resource, Amount.Wanted), total);
        return Sum(OfPod(field, resource) ?? total, _overhead[resource].AsQuantity());
    }

    /// <summary>How much it may use; null when nothing bounds it.</summary>
    public Quantity? Limit(ReadOnlySpan<byte> resource)
    {
        var field = "limits"u8;
        var total = _tellsResources || _isInfeasible ? Sum(field, resource, Amount.InForce) : null;
        if (!_isInfeasible)
            total = Larger(Sum(field, resource, Amount.Wanted), total);
        total = OfPod(field, resource) ?? total;
        return total is { Value: not 0 } ? Sum(total, _overhead[resource].AsQuantity()) : total;
    }

    private static List<Told>? ReadStatus(JsonSlice status, out bool isInfeasible)
    {
        JsonSlice conditions = default, statuses = default, initStatuses = default;
        foreach (var member in status.Members)
        {
            if (member.NameIs("conditions"u8))
                conditions = member.Value;
            else if (member.NameIs("containerStatuses"u8))
                statuses = member.Value;
            else if (member.NameIs("initContainerStatuses"u8))
                initStatuses = member.Value;
        }

        // Of two of one name the container's own wins.
        List<Told>? told = null;
        Tell(statuses, ref told);
        Tell(initStatuses, ref told);
        isInfeasible = conditions.OfType("PodResizePending"u8)["reason"u8].Is("Infeasible"u8);
        return told;
    }

    private static Container Read(JsonSlice container, List<Told>? told)
    {
        JsonSlice name = default, resources = default, restartPolicy = default;
        foreach (var member in container.Members)
        {
            if (member.NameIs("name"u8))
                name = member.Value;
            else if (member.NameIs("resources"u8))
                resources = member.Value;
            else if (member.NameIs("restartPolicy"u8))
                restartPolicy = member.Value;
        }

        var known = default(Told);
        foreach (var one in told ?? [])
        {
            if (!one.Name.Raw.SequenceEqual(name.Raw))
                continue;
            known = one;
            break;
        }

        return new(resources, known.Resources, known.Allocated, restartPolicy.Is("Always"u8));
    }

    /// <summary>Keeps the statuses, once one of them tells of resources.</summary>
    private static void Tell(JsonSlice statuses, ref List<Told>? told)
    {
        foreach (var status in statuses.Elements)
        {
            JsonSlice name = default, resources = default, allocated = default;
            foreach (var member in status.Members)
            {
                if (member.NameIs("name"u8))
                    name = member.Value;
                else if (member.NameIs("resources"u8))
                    resources = member.Value;
                else if (member.NameIs("allocatedResources"u8))
                    allocated = member.Value;
            }

            if (resources.Exists || allocated.Exists)
                (told ??= []).Add(new(name, resources, allocated));
        }
    }

    private Quantity? OfPod(ReadOnlySpan<byte> field, ReadOnlySpan<byte> resource) => _ofPod[field][resource].AsQuantity();

    private Quantity? Sum(ReadOnlySpan<byte> field, ReadOnlySpan<byte> resource, Amount amount)
    {
        Quantity? total = null;
        Quantity? sidecars = null;
        Quantity? start = null;
        foreach (var container in _containers)
            total = Sum(total, Of(container, field, resource, amount));
        foreach (var container in _initContainers)
        {
            var needed = Of(container, field, resource, amount);
            if (container.IsSidecar)
            {
                total = Sum(total, needed);
                sidecars = Sum(sidecars, needed);
                start = Larger(start, sidecars);
            }
            else
            {
                start = Larger(start, Sum(needed, sidecars));
            }
        }

        return Larger(total, start);
    }

    private Quantity? Of(Container container, ReadOnlySpan<byte> field, ReadOnlySpan<byte> resource, Amount amount)
    {
        if (amount == Amount.InForce && container.InForce[field] is { Exists: true } inForce)
            return inForce[resource].AsQuantity();
        if (amount != Amount.Wanted && field.SequenceEqual("requests"u8) && container.Allocated is { Exists: true } allocated)
            return allocated[resource].AsQuantity();
        return amount != Amount.Wanted && _isInfeasible ? null : container.Wanted[field][resource].AsQuantity();
    }

    private static Quantity? Sum(Quantity? one, Quantity? other) => one is null ? other : other is null ? one : one + other;

    private static Quantity? Larger(Quantity? one, Quantity? other) => one is null || other > one ? other : one;

    /// <summary>What a container's status tells of its resources.</summary>
    private readonly record struct Told(JsonSlice Name, JsonSlice Resources, JsonSlice Allocated);

    private readonly record struct Container(JsonSlice Wanted, JsonSlice InForce, JsonSlice Allocated, bool IsSidecar);
}
