using System.Globalization;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Sessions;
using MultiCluster.Nodes.Jobs;

namespace MultiCluster.Module.Completion;

/// <summary>Completes namespaces of the clusters that the line means.</summary>
public sealed class NamespaceCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        NameSuggestions.FindAsync(session, request, kind: "namespaces", ns: null);
}

/// <summary>Completes names of the line's kind in its namespace.</summary>
public sealed class ObjectNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        if (request.Kind is not { } kind)
            return Task.FromResult<IReadOnlyList<Suggestion>>([]);
        return NameSuggestions.FindAsync(session, request, kind, NameSuggestions.NamespaceOf(request));
    }
}

/// <summary>Completes names of pods in the line's namespace, and after <c>kind/</c> names of that kind.</summary>
public sealed class PodNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var kind = request.Word[..(request.Word.LastIndexOf('/') + 1)];
        return NameSuggestions.FindAsync(session, request, kind is "" ? "pods" : kind[..^1], NameSuggestions.NamespaceOf(request), kind);
    }
}

/// <summary>Completes names of nodes.</summary>
public sealed class NodeNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        NameSuggestions.FindAsync(session, request, "nodes", ns: null);
}

/// <summary>Completes names of PodDisruptionBudgets in the line's namespace.</summary>
public sealed class BudgetNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        NameSuggestions.FindAsync(session, request, "poddisruptionbudgets.policy", NameSuggestions.NamespaceOf(request));
}

/// <summary>Completes numbers of the session's drains.</summary>
public sealed class DrainCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        Task.FromResult<IReadOnlyList<Suggestion>>(
        [
            .. DrainStore.Of(session.Pool).All.Select(static drain => new Suggestion(drain.Id.ToString(CultureInfo.InvariantCulture), $"{drain}"))
                .Where(one => request.Fits(one.Text)),
        ]);
}

/// <summary>Completes names of CronJobs in the line's namespace.</summary>
public sealed class CronJobNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        NameSuggestions.FindAsync(session, request, "cronjobs.batch", NameSuggestions.NamespaceOf(request));
}

/// <summary>Completes reasons of events: those of the clusters' own, and the common ones.</summary>
public sealed class ReasonCompleter : KubeCompleter
{
    // Of the kubelet, the scheduler, and the controllers.
    private static readonly string[] Common =
    [
        "BackOff", "Created", "Evicted", "Failed", "FailedAttachVolume", "FailedCreate", "FailedMount", "FailedScheduling", "Killing", "NodeNotReady",
        "NodeNotSchedulable", "OOMKilling", "Pulled", "Pulling", "Rebooted", "Scheduled", "ScalingReplicaSet", "Started", "SuccessfulCreate", "SuccessfulDelete", "Unhealthy",
    ];

    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        var known = await NameSuggestions.FindAsync(session, request, NameSuggestions.NamespaceOf(request), static (names, ns) => names.OfReasonsAsync(ns)).ConfigureAwait(false);
        var common = Common.Where(request.Fits).Except(known.Select(static one => one.Text)).Select(static reason => new Suggestion(reason, "a common reason; not seen lately"));
        return [.. known, .. common.OrderBy(static one => one.Text, StringComparer.Ordinal)];
    }
}

/// <summary>Completes names of the containers of pods in the line's namespace.</summary>
public sealed class ContainerCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        NameSuggestions.FindAsync(session, request, NameSuggestions.NamespaceOf(request), static (names, ns) => names.OfContainersAsync(ns));
}

/// <summary>Names as the sessions' caches know them.</summary>
internal static class NameSuggestions
{
    private const int Most = 500;

    /// <summary>The namespace that the line means; null for all, empty for the session's.</summary>
    public static string? NamespaceOf(CompletionRequest request) =>
        request.IsOn("AllNamespaces") ? null : request.Texts("Namespace") is [var named, ..] ? named : "";

    /// <param name="ns">The namespace; null for all, empty for the session's.</param>
    /// <param name="prefix">What the line writes in front of a name.</param>
    public static Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request, string kind, string? ns, string prefix = "") =>
        FindAsync(session, request, ns, async (names, of) => [.. (await names.OfAsync(kind, of).ConfigureAwait(false)).Select(name => prefix + name)]);

    /// <param name="ns">The namespace; null for all, empty for the session's.</param>
    public static Task<IReadOnlyList<Suggestion>> FindAsync(
        KubeSession session, CompletionRequest request, string? ns, Func<NameCache, string?, Task<IReadOnlyList<string>>> names) =>
        FindAsync(session, request, ns, (ClusterConnection connection, string? of) => names(connection.Names, of));

    /// <param name="ns">The namespace; null for all, empty for the session's.</param>
    public static async Task<IReadOnlyList<Suggestion>> FindAsync(
        KubeSession session, CompletionRequest request, string? ns, Func<ClusterConnection, string?, Task<IReadOnlyList<string>>> names)
    {
        var lists = await Task.WhenAll(request.Clusters(session).Select(async cluster =>
            (Cluster: cluster.ClusterName, Names: await NamesAsync(session, cluster, ns, names).ConfigureAwait(false)))).ConfigureAwait(false);
        return
        [
            .. lists.SelectMany(list => list.Names.Select(name => (Name: name, list.Cluster)))
                .GroupBy(static pair => pair.Name)
                .Where(group => request.Fits(group.Key))
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Take(Most)
                .Select(static group => new Suggestion(group.Key, $"in {string.Join(", ", group.Select(pair => pair.Cluster).Distinct())}")),
        ];
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        KubeSession session, KubeCluster cluster, string? ns, Func<ClusterConnection, string?, Task<IReadOnlyList<string>>> names)
    {
        try
        {
            return await names(cluster.Connection!, ns is "" ? session.Pool.Namespaces.For(cluster) : ns).WaitAsync(KubeCompleter.ClusterPatience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FaultException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            return []; // the others still answer
        }
    }
}
