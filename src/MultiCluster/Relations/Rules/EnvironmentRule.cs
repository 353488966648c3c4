using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Relations.Rules;

/// <summary>Secrets and ConfigMaps in the environment of pods' containers.</summary>
internal sealed class EnvironmentRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => PodSpec.Kinds;

    public override IReadOnlyList<KindKey> Targets => [KindKey.Secret, KindKey.ConfigMap];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var (spec, path) = PodSpec.Of(item);
        return [.. Of(item, spec["initContainers"u8], $"{path}.initContainers"), .. Of(item, spec["containers"u8], $"{path}.containers")];
    }

    private static IEnumerable<Statement> Of(KubeObject item, JsonSlice containers, string path)
    {
        var at = 0;
        foreach (var container in containers.Elements)
        {
            var field = $"{path}[{at++}]";
            var fromAt = 0;
            foreach (var from in container["envFrom"u8].Elements)
            {
                var place = $"{field}.envFrom[{fromAt++}]";
                if (from["secretRef"u8]["name"u8].AsText() is { } secret)
                    yield return Used(item, $"{place}.secretRef", KindKey.Secret, secret);
                if (from["configMapRef"u8]["name"u8].AsText() is { } map)
                    yield return Used(item, $"{place}.configMapRef", KindKey.ConfigMap, map);
            }

            var variableAt = 0;
            foreach (var variable in container["env"u8].Elements)
            {
                var place = $"{field}.env[{variableAt++}].valueFrom";
                var from = variable["valueFrom"u8];
                if (from["secretKeyRef"u8]["name"u8].AsText() is { } secret)
                    yield return Used(item, $"{place}.secretKeyRef", KindKey.Secret, secret);
                if (from["configMapKeyRef"u8]["name"u8].AsText() is { } map)
                    yield return Used(item, $"{place}.configMapKeyRef", KindKey.ConfigMap, map);
            }
        }
    }

    private static Statement Used(KubeObject item, string field, KindKey kind, string name) => new(RelationType.Uses, field, kind, item.Namespace, name);
}
