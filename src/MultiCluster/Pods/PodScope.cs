using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>Pods of one cluster that are asked for together, and may become more: of a selector, a workload or a node.</summary>
internal sealed record PodScope
{
    /// <summary>What the server is asked for.</summary>
    public required ListQuery Query { get; init; }

    /// <summary>Which of these by their name; null for all.</summary>
    public Func<string, bool>? Names { get; init; }

    /// <summary>The object whose pods they must be, through their owner references; null when any will do.</summary>
    public KubeObject? Owner { get; init; }

    /// <summary>What they were asked for as: the workload, the Service, the node; null for pods by their own names and labels.</summary>
    public KubeObject? Of { get; init; }

    /// <summary>Names that must be there.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>The pods of a workload or a Service, whatever else is asked for.</summary>
    /// <exception cref="FaultException">The Service selects none (Invalid).</exception>
    public static PodScope OfOwner(KubeObject owner)
    {
        if (owner is KubeService service)
            return new PodScope { Query = new ListQuery { Namespace = owner.Namespace, LabelSelector = SelectorOf(service) }, Of = owner };

        // The pods of a CronJob are those of its Jobs, which all bear this label.
        var labels = owner is KubeCronJob ? "job-name" : ((KubeWorkload)owner).Selector;
        return new PodScope { Query = new ListQuery { Namespace = owner.Namespace, LabelSelector = labels is "<none>" ? null : labels }, Owner = owner, Of = owner };
    }

    /// <summary>The same pods of one namespace.</summary>
    public PodScope In(string? ns) => this with { Query = Query with { Namespace = ns } };

    private static string SelectorOf(KubeService service) => service.Selector is not "<none>" and var selector
        ? selector
        : throw new FaultException(FaultPhase.Invalid, $"Service {service.Namespace}/{service.Name} selects no pods", "Its endpoints were written by hand, or lie outside the cluster: name the pods themselves.");
}

/// <summary>One pod that is asked for by its name.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Known">The pod as it was read before, or null.</param>
internal sealed record PodName(string Namespace, string Name, KubePod? Known = null);
