using MultiCluster.Objects;

namespace MultiCluster.Attention;

/// <summary>What a finding is about: an object, without the bytes of it.</summary>
internal readonly record struct FindingSubject(string? ApiVersion, string? Kind, string? Namespace, string? Name, string? Uid)
{
    /// <summary>The cluster itself.</summary>
    public static FindingSubject Cluster => default;

    /// <summary>An object.</summary>
    public static FindingSubject Of(KubeObject item) => new(item.ApiVersion, item.Kind, item.Namespace, item.Name, item.Uid);
}
