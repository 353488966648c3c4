using MultiCluster.Api.Discovery;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Reads the kinds that an <see cref="ApiResourceQuery"/> wants from one cluster's discovery.</summary>
internal sealed class ApiResourceReader(ApiResourceQuery query)
{
    private readonly NamePattern[] _names = [.. query.Names.Select(static name => new NamePattern(name))];
    private readonly NamePattern[] _groups = [.. query.Groups.Select(static group => new NamePattern(group))];

    /// <summary>Writes one cluster's kinds; an API group that does not answer is a warning.</summary>
    public async Task ReadAsync(ClusterConnection connection, FanOutSink sink, CancellationToken cancellationToken)
    {
        var served = await connection.Session.Kinds.GetAllAsync(query.Refresh, cancellationToken).ConfigureAwait(false);
        foreach (var notice in served.Notices)
            await sink.NoticeAsync(NoticeLevel.Warning, notice.ToString(), cancellationToken).ConfigureAwait(false);
        KubeApiResource[] wanted = [.. served.Kinds.Where(IsWanted).Select(kind => new KubeApiResource(connection.Identity, kind))];
        await sink.WriteAsync(wanted, cancellationToken).ConfigureAwait(false);
        foreach (var name in _names.Where(name => name.Literal is not null && !served.Kinds.Any(kind => IsOf(name, kind))))
            await sink.FaultAsync(KindResolver.NotServed(name.Pattern, served), name.Pattern, cancellationToken).ConfigureAwait(false);
        foreach (var group in _groups.Select(static group => group.Literal).OfType<string>().Where(group => !served.Kinds.Any(kind => new NamePattern(group).IsMatch(kind.Group))))
            await sink.FaultAsync(NoSuchGroup(group, served), group, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOf(NamePattern name, ResourceKind kind) => name.IsMatch(kind.Plural) || name.IsMatch(kind.Singular) || name.IsMatch(kind.Kind) || kind.ShortNames.Any(name.IsMatch);

    private static Fault NoSuchGroup(string group, DiscoverySnapshot served) => new()
    {
        Phase = FaultPhase.KindNotFound,
        Detail = $"the cluster serves no API group '{group}'",
        Advice = NearNames.Sentence(group, served.Kinds.Select(static kind => kind.Group)) ?? "Get-KubeApiResource without -ApiGroup lists what the cluster serves.",
    };

    private bool IsWanted(ResourceKind kind) =>
        (_names.Length == 0 || _names.Any(name => IsOf(name, kind)))
        && (_groups.Length == 0 || _groups.Any(group => group.IsMatch(kind.Group)))
        && (query.Namespaced is null || query.Namespaced == kind.Namespaced);
}
