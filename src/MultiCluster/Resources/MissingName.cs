using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Says that a list held no object of a name that was asked for, as a server says it of a GET.</summary>
internal static class MissingName
{
    /// <summary>The fault.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace that was read, or null for the whole cluster.</param>
    /// <param name="name">The name.</param>
    /// <param name="selects">True when selectors were given, which may have left the object out.</param>
    public static Fault Fault(ResourceKind kind, string? ns, string name, bool selects)
    {
        var everywhere = ns is null && kind.Namespaced;
        var where = $"{(everywhere ? " in any namespace" : "")}{(selects ? " among those that fit the selectors" : "")}";
        return new Fault
        {
            Phase = FaultPhase.NotFound,
            Operation = ObjectOperation.Get(kind, ns, name),
            Detail = $"NotFound ({kind.Resource} \"{name}\" not found{where})",
            Advice = selects ? "Check the name and the selectors." : ns is not null && kind.Namespaced ? "Check the name and the namespace." : "Check the name.",
            Reason = "NotFound",
        };
    }
}
