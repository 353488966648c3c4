using System.Globalization;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Forwarding;
using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes numbers of the session's forwards.</summary>
public sealed class ForwardCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        Task.FromResult<IReadOnlyList<Suggestion>>(
        [
            .. ForwardStore.Of(session.Pool).All.Select(static forward => new Suggestion(forward.Id.ToString(CultureInfo.InvariantCulture), $"{forward}"))
                .Where(one => request.Fits(one.Text)),
        ]);
}

/// <summary>Completes targets of the session's forwards.</summary>
public sealed class ForwardNameCompleter : KubeCompleter
{
    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        Task.FromResult<IReadOnlyList<Suggestion>>(
        [
            .. ForwardStore.Of(session.Pool).All.GroupBy(static forward => forward.Target)
                .Where(target => request.Fits(target.Key))
                .Select(static target => new Suggestion(target.Key, $"in {string.Join(", ", target.Select(static forward => forward.ClusterName).Distinct())}")),
        ]);
}

/// <summary>Completes addresses to listen on.</summary>
public sealed class ListenAddressCompleter() : WordCompleter(
    ("localhost", "127.0.0.1 and ::1; the default"),
    ("127.0.0.1", "programs of this machine, by IPv4 alone"),
    ("0.0.0.0", "all IPv4 addresses of this machine: others may reach it"),
    ("::", "all IPv6 addresses of this machine: others may reach it"));

/// <summary>Completes the ports of the line's target: those of the Service, or of the pods' containers.</summary>
public sealed class ForwardPortCompleter : KubeCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request)
    {
        if (request.Texts("Name") is not [var target, ..])
            return [];

        // What stands before the target's port is the local one, and goes on standing there.
        var local = request.Word[..(request.Word.LastIndexOf(':') + 1)];
        var ns = NameSuggestions.NamespaceOf(request);
        var lists = await Task.WhenAll(request.Clusters(session).Select(async cluster =>
            (Cluster: cluster.ClusterName, Ports: await NamesOfAsync(session, cluster, target, ns).ConfigureAwait(false)))).ConfigureAwait(false);
        return
        [
            .. lists.SelectMany(static list => list.Ports.Select(port => (Words: port.Split(' ', 2), list.Cluster)))
                .GroupBy(static port => port.Words[0])
                .OrderBy(static port => int.Parse(port.Key, CultureInfo.InvariantCulture))
                .Select(port => new Suggestion(
                    local + port.Key,
                    $"{string.Join(", ", port.Select(static one => one.Words).Where(static words => words.Length > 1).Select(static words => words[1]).Distinct().DefaultIfEmpty("port"))} of {target} in {string.Join(", ", port.Select(static one => one.Cluster))}"))
                .Where(one => request.Fits(one.Text)),
        ];
    }

    private static async Task<IReadOnlyList<string>> NamesOfAsync(KubeSession session, KubeCluster cluster, string target, string? ns)
    {
        try
        {
            return await PortNames.OfAsync(cluster.Connection!, target, ns is "" or null ? session.Pool.Namespaces.For(cluster) : ns).WaitAsync(ClusterPatience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FaultException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            return []; // the others still answer
        }
    }
}
