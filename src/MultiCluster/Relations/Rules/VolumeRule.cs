using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>Volumes of pods: Secrets, ConfigMaps and claims. The one that every pod is given for its token says nothing.</summary>
internal sealed class VolumeRule : RelationRule
{
    // kube-apiserver, plugin/pkg/admission/serviceaccount
    private const string OwnToken = "kube-api-access-";

    public override IReadOnlyList<KindKey> Sources => PodSpec.Kinds;

    public override IReadOnlyList<KindKey> Targets => [KindKey.Secret, KindKey.ConfigMap, KindKey.Claim];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var (spec, path) = PodSpec.Of(item);
        var at = 0;
        foreach (var volume in spec["volumes"u8].Elements)
        {
            var field = $"{path}.volumes[{at++}]";
            if (volume["name"u8].AsText()?.StartsWith(OwnToken, StringComparison.Ordinal) == true)
                continue;
            if (volume["secret"u8]["secretName"u8].AsText() is { } secret)
                yield return Mounted(item, $"{field}.secret", KindKey.Secret, secret);
            if (volume["configMap"u8]["name"u8].AsText() is { } map)
                yield return Mounted(item, $"{field}.configMap", KindKey.ConfigMap, map);
            if (volume["persistentVolumeClaim"u8]["claimName"u8].AsText() is { } claim)
                yield return Mounted(item, $"{field}.persistentVolumeClaim", KindKey.Claim, claim);
            var sourceAt = 0;
            foreach (var source in volume["projected"u8]["sources"u8].Elements)
            {
                var place = $"{field}.projected.sources[{sourceAt++}]";
                if (source["secret"u8]["name"u8].AsText() is { } projectedSecret)
                    yield return Mounted(item, $"{place}.secret", KindKey.Secret, projectedSecret);
                if (source["configMap"u8]["name"u8].AsText() is { } projectedMap)
                    yield return Mounted(item, $"{place}.configMap", KindKey.ConfigMap, projectedMap);
            }
        }
    }

    private static Statement Mounted(KubeObject item, string field, KindKey kind, string name) => new(RelationType.Mounts, field, kind, item.Namespace, name);
}
