using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>Secrets with which images are pulled, of pods and of the ServiceAccounts that they run as.</summary>
internal sealed class PullSecretRule : RelationRule
{
    public override IReadOnlyList<KindKey> Sources => [.. PodSpec.Kinds, KindKey.ServiceAccount];

    public override IReadOnlyList<KindKey> Targets => [KindKey.Secret];

    public override IEnumerable<Statement> Read(KubeObject item)
    {
        var isAccount = KindKey.Of(item) == KindKey.ServiceAccount;
        var (spec, path) = isAccount ? (item.Root, "") : PodSpec.Of(item);
        var at = 0;
        foreach (var secret in spec["imagePullSecrets"u8].Elements)
        {
            var field = $"{(isAccount ? "" : $"{path}.")}imagePullSecrets[{at++}]";
            if (secret["name"u8].AsText() is { } name)
                yield return new(RelationType.Uses, field, KindKey.Secret, item.Namespace, name);
        }
    }
}
