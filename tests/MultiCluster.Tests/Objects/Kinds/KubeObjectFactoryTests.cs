using System.Collections;
using System.Reflection;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class KubeObjectFactoryTests
{
    private static readonly (string ApiVersion, string Kind)[] Typed =
    [
        ("v1", "Pod"), ("v1", "Node"), ("v1", "Namespace"), ("v1", "Service"), ("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "ServiceAccount"),
        ("v1", "PersistentVolume"), ("v1", "PersistentVolumeClaim"), ("v1", "Event"), ("events.k8s.io/v1", "Event"),
        ("apps/v1", "Deployment"), ("apps/v1", "ReplicaSet"), ("apps/v1", "StatefulSet"), ("apps/v1", "DaemonSet"),
        ("batch/v1", "Job"), ("batch/v1", "CronJob"), ("networking.k8s.io/v1", "Ingress"), ("networking.k8s.io/v1", "NetworkPolicy"),
        ("discovery.k8s.io/v1", "EndpointSlice"), ("storage.k8s.io/v1", "StorageClass"), ("autoscaling/v2", "HorizontalPodAutoscaler"),
        ("policy/v1", "PodDisruptionBudget"), ("rbac.authorization.k8s.io/v1", "Role"), ("rbac.authorization.k8s.io/v1", "RoleBinding"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"), ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        ("coordination.k8s.io/v1", "Lease"), ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ];

    public static TheoryData<string, string> Kinds => [.. Typed];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_built_in_kind_is_typed_whatever_its_version(string apiVersion, string kind)
    {
        var older = apiVersion[..(apiVersion.LastIndexOf('/') + 1)] + "v1beta1";

        Assert.Equal($"Kube{kind}", Sample.Read(apiVersion, kind, """{"metadata":{"name":"x"}}""").GetType().Name);
        Assert.Equal($"Kube{kind}", Sample.Read(older, kind, """{"metadata":{"name":"x"}}""").GetType().Name);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_column_throws_on_missing_or_odd_fields(string apiVersion, string kind)
    {
        string[] odd =
        [
            """{"metadata":{"name":"x"}}""",
            """{"metadata":{"name":"x","labels":7,"annotations":[],"ownerReferences":{},"creationTimestamp":"soon"},"spec":"s","status":[1],"data":5,"type":{},"rules":{}}""",
            """
            {"metadata":{"name":"x","labels":{"kubernetes.io/role":{}}},
             "spec":{"containers":[1,null,{}],"initContainers":[[]],"replicas":"three","template":null,"ports":[{},null],"rules":[[]],"metrics":[{}],
              "selector":{"matchLabels":[],"matchExpressions":[{},7]},"versions":[1,{}],"accessModes":[{}],"capacity":{"storage":"big"}},
             "status":{"conditions":[{},5,null],"containerStatuses":[{},[],null],"loadBalancer":{"ingress":[{},1]},"active":true,"startTime":{},
              "disruptionsAllowed":1.5e300},
             "subjects":[{},2],"roleRef":"x","series":5,"endpoints":[{"addresses":{}}],"ports":[null,{}],"data":{"k":{}},"involvedObject":[]}
            """,
        ];

        foreach (var json in odd)
        {
            var item = Sample.Read(apiVersion, kind, json);
            foreach (var property in item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetValue(item) is IEnumerable and not string and var all)
                    _ = all.Cast<object?>().Count();
            }
        }
    }

    [Theory]
    [InlineData("example.com/v1", "Pod")]
    [InlineData("custom.metrics.k8s.io/v1beta1", "Pod")]
    [InlineData("serving.knative.dev/v1", "Service")]
    public void A_kind_of_another_group_is_plain(string apiVersion, string kind) =>
        Assert.IsType<KubeObject>(Sample.Read(apiVersion, kind, """{"metadata":{"name":"x"}}"""));

    [Fact]
    public void An_answer_of_metadata_only_is_plain() =>
        Assert.IsType<KubeObject>(Sample.Read("v1", "Pod", """{"metadata":{"name":"x"}}""", metadataOnly: true));
}
