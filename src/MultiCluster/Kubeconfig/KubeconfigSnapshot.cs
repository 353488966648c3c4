using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>What all kubeconfigs of a search said at one moment.</summary>
internal sealed record KubeconfigSnapshot
{
    /// <summary>Every context, in the order of the files and inside a file as written; those that cannot be used have a problem.</summary>
    public IReadOnlyList<KubeconfigContext> Contexts { get; init; } = [];

    /// <summary>What is wrong with files and entries. A context's own problem is not repeated here.</summary>
    public IReadOnlyList<KubeconfigProblem> Problems { get; init; } = [];

    /// <summary>What was found in folders and is no kubeconfig, with the reason.</summary>
    public IReadOnlyList<KubeconfigProblem> PassedOver { get; init; } = [];

    /// <summary>Full paths of the files that were read, good or bad.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Full paths of the folders that were searched.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Every file and folder that was looked for: what to name when no kubeconfig was found.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>
    /// Name in the <c>current-context</c> of the kubeconfig that kubectl would read, or of the first of the explicit files that has one;
    /// null when there is none. It may name a context that does not exist.
    /// </summary>
    public string? CurrentContextName { get; init; }

    /// <summary>The context of that name, or null.</summary>
    public KubeconfigContext? CurrentContext { get; init; }

    /// <summary>Files and folders that are there but gave nothing: unreadable, damaged, or half empty as between an editor's two writes.</summary>
    internal IReadOnlySet<string> LostPaths { get; init; } = new HashSet<string>();

    /// <summary>The context with this ClusterId, or with this one's folders before it or without them.</summary>
    /// <exception cref="FaultException">There is none, or the id means contexts of several files.</exception>
    public KubeconfigContext Find(string clusterId)
    {
        KubeconfigContext[] found = [.. Contexts.Where(c => c.Identity.ClusterId == clusterId)];
        if (found.Length == 0) found = [.. Contexts.Where(c => c.Identity.IsAddressedBy(clusterId))];
        return found switch
        {
            [var one] => one,
            [] => throw new FaultException(
                FaultPhase.NotFound,
                $"no kubeconfig has a cluster with the id \"{clusterId}\"",
                "Get-KubeCluster lists the ids; an id is the kubeconfig's file name, a colon, and the context."),
            _ => throw new FaultException(
                FaultPhase.Invalid,
                $"the id \"{clusterId}\" fits {string.Join(" and ", found.Select(c => $"{c.Identity.ClusterId} in {c.Identity.KubeconfigPath}"))}",
                "Give one of these ids, or say which file is meant with -Kubeconfig."),
        };
    }
}
