using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>Why a reference does not lead to its object.</summary>
internal static class ReferenceFaults
{
    /// <summary>Nothing says of which kind it is.</summary>
    public static Fault NoKind(ObjectReference reference) => new()
    {
        Phase = FaultPhase.Invalid,
        Detail = $"nothing says of which kind {reference} is: it has no Kind",
        Advice = "Keep the columns ClusterId, Kind, Namespace, Name and Uid of what is piped in, or say the kind with -Kind where the command has it.",
    };

    /// <summary>Its kind lives in namespaces, and it says none.</summary>
    public static Fault NoNamespace(ObjectReference reference, ResourceKind kind) => new()
    {
        Phase = FaultPhase.Invalid,
        Detail = $"nothing says in which namespace the {kind.Singular} {reference.Name} is: it has no Namespace",
        Advice = "Keep the columns ClusterId, Kind, Namespace, Name and Uid of what is piped in.",
    };

    /// <summary>It is of another kind than those that are asked for.</summary>
    public static Fault OfAnotherKind(ObjectReference reference, ResourceKind kind, IReadOnlyList<ResourceKind> wanted) => new()
    {
        Phase = FaultPhase.Invalid,
        Detail = $"{reference.Name} is a {kind.Kind}, and no {string.Join(" or ", wanted.Select(static one => one.Kind))}",
        Advice = kind.Kind == "Pod" && wanted is [{ Kind: "Node" }]
            ? "Pipe the nodes of the pods: Select-Object ClusterId, Node -Unique."
            : "What is piped in leads to itself. Pipe Select-Object ClusterId to ask its whole cluster.",
    };

    /// <summary>Another object bears its name now.</summary>
    public static Fault Replaced(ResolvedReference reference) => WriteFaults.Replaced(reference.Kind, reference.Reference.Name) with
    {
        Operation = ObjectOperation.Get(reference.Kind, reference.Namespace, reference.Reference.Name),
        Advice = "Read it anew by its name if the new one is meant; without its Uid, a row leads to whichever bears the name.",
    };
}
