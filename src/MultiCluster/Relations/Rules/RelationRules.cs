using System.Collections.Frozen;

namespace MultiCluster.Relations.Rules;

/// <summary>All rules, in the order in which a tree shows what they say.</summary>
internal static class RelationRules
{
    public static IReadOnlyList<RelationRule> All { get; } =
    [
        new OwnerRule(),
        new SelectorRule(),
        new IngressRule(),
        new HttpRouteRule(),
        new GatewayRule(),
        new RouteRule(),
        new EndpointServiceRule(),
        new EndpointRule(),
        new AutoscalerRule(),
        new VolumeRule(),
        new EnvironmentRule(),
        new PullSecretRule(),
        new ClaimRule(),
        new CertificateRule(),
        new PodPlaceRule(),
        new BindingRule(),
    ];

    private static readonly FrozenSet<KindKey> Sources = All.SelectMany(static rule => rule.Sources).ToFrozenSet();

    /// <summary>Whether some rule reads more of a kind's objects than their metadata.</summary>
    public static bool Read(KindKey kind) => Sources.Contains(kind);
}
