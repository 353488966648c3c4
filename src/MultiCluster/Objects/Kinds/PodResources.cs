using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>What a pod requests of one resource and how much it may use: CPU or memory, as the scheduler and <c>kubectl describe node</c> count it.</summary>
/// <remarks>
/// <c>PodRequests</c> and <c>PodLimits</c> in k8s.io/component-helpers <c>resource/helpers.go</c>, with <c>UseStatusResources</c>:
/// the sum of the containers and sidecars, or what one init container needs with the sidecars before it, if that is more (KEP-753); for
/// resized pods the most of what is wanted, allocated and in force; <c>spec.resources</c> of the whole pod in place of it; and the
/// overhead, which raises no limit that is not there. Devices that claims allocate are not counted.
/// </remarks>
internal readonly ref struct PodResources(JsonSlice spec, JsonSlice status, ReadOnlySpan<byte> resource)
{
    private readonly ReadOnlySpan<byte> _resource = resource;

    /// <summary>What a container's amount is read from.</summary>
    private enum Amount
    {
        Wanted,
        Allocated,
        InForce,
    }

    private bool IsInfeasible => status["conditions"u8].OfType("PodResizePending"u8)["reason"u8].Is("Infeasible"u8);

    private Quantity? Overhead => spec["overhead"u8][_resource].AsQuantity();

    /// <summary>What it requests; null when nothing of it does.</summary>
    public Quantity? Request()
    {
        var field = "requests"u8;
        var total = Larger(Sum(field, Amount.InForce), Sum(field, Amount.Allocated));
        if (!IsInfeasible)
            total = Larger(Sum(field, Amount.Wanted), total);
        return Sum(OfPod(field) ?? total, Overhead);
    }

    /// <summary>How much it may use; null when nothing bounds it.</summary>
    public Quantity? Limit()
    {
        var field = "limits"u8;
        var total = Sum(field, Amount.InForce);
        if (!IsInfeasible)
            total = Larger(Sum(field, Amount.Wanted), total);
        total = OfPod(field) ?? total;
        return total is { Value: not 0 } ? Sum(total, Overhead) : total;
    }

    private Quantity? OfPod(ReadOnlySpan<byte> field) => spec["resources"u8][field][_resource].AsQuantity();

    private Quantity? Sum(ReadOnlySpan<byte> field, Amount amount)
    {
        Quantity? total = null;
        Quantity? sidecars = null;
        Quantity? start = null;
        foreach (var container in spec["containers"u8].Elements)
            total = Sum(total, Of(container, field, amount));
        foreach (var container in spec["initContainers"u8].Elements)
        {
            var needed = Of(container, field, amount);
            if (container["restartPolicy"u8].Is("Always"u8))
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

    private Quantity? Of(JsonSlice container, ReadOnlySpan<byte> field, Amount amount)
    {
        var known = amount == Amount.Wanted ? default : StatusOf(container["name"u8]);
        if (amount == Amount.InForce && known["resources"u8][field] is { Exists: true } inForce)
            return inForce[_resource].AsQuantity();
        if (field.SequenceEqual("requests"u8) && known["allocatedResources"u8] is { Exists: true } allocated)
            return allocated[_resource].AsQuantity();
        return amount != Amount.Wanted && IsInfeasible ? null : container["resources"u8][field][_resource].AsQuantity();
    }

    private JsonSlice StatusOf(JsonSlice name) =>
        Named(status["containerStatuses"u8], name) is { Exists: true } found ? found : Named(status["initContainerStatuses"u8], name);

    private static JsonSlice Named(JsonSlice statuses, JsonSlice name)
    {
        foreach (var one in statuses.Elements)
        {
            if (one["name"u8].Raw.SequenceEqual(name.Raw))
                return one;
        }

        return default;
    }

    private static Quantity? Sum(Quantity? one, Quantity? other) => one is null ? other : other is null ? one : one + other;

    private static Quantity? Larger(Quantity? one, Quantity? other) => one is null || other > one ? other : one;
}
