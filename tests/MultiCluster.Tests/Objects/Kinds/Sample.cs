using System.Text;
using Microsoft.Extensions.Time.Testing;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

/// <summary>Objects as a cluster sends them, read at a fixed time.</summary>
internal static class Sample
{
    /// <summary>The time at which all samples are read.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static T Read<T>(string json, string? apiVersion = null)
        where T : KubeObject
        => Assert.IsType<T>(Read(apiVersion ?? ApiVersionOf<T>(), typeof(T).Name["Kube".Length..], json));

    public static KubeObject Read(string apiVersion, string kind, string json, bool metadataOnly = false)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return Read(
            new ObjectSource
            {
                Cluster = Cluster,
                Kind = new ResourceKind
                {
                    Group = slash < 0 ? "" : apiVersion[..slash],
                    Version = apiVersion[(slash + 1)..],
                    Kind = kind,
                    Plural = kind,
                },
                Time = new FakeTimeProvider(Now),
                MetadataOnly = metadataOnly,
            },
            json);
    }

    public static KubeObject Read(ObjectSource source, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var index = source.Columns.Count > 0 ? ItemIndex.OfTableRow(bytes) : ItemIndex.OfObject(bytes);
        return KubeObjectFactory.For(source.Kind)(new ObjectContent(source, bytes, index));
    }

    public static ClusterIdentity Cluster { get; } = ClusterIdentity.Of("/home/me/.kube/fleet.yaml", "prod-eu");

    private static string ApiVersionOf<T>() => typeof(T).Name switch
    {
        "KubeDeployment" or "KubeReplicaSet" or "KubeStatefulSet" or "KubeDaemonSet" => "apps/v1",
        "KubeJob" or "KubeCronJob" => "batch/v1",
        "KubeIngress" or "KubeNetworkPolicy" => "networking.k8s.io/v1",
        "KubeEndpointSlice" => "discovery.k8s.io/v1",
        "KubeStorageClass" => "storage.k8s.io/v1",
        "KubeHorizontalPodAutoscaler" => "autoscaling/v2",
        "KubePodDisruptionBudget" => "policy/v1",
        "KubeRole" or "KubeRoleBinding" or "KubeClusterRole" or "KubeClusterRoleBinding" => "rbac.authorization.k8s.io/v1",
        "KubeLease" => "coordination.k8s.io/v1",
        "KubeNodeMetrics" or "KubePodMetrics" => "metrics.k8s.io/v1beta1",
        "KubeCustomResourceDefinition" => "apiextensions.k8s.io/v1",
        _ => "v1",
    };
}
