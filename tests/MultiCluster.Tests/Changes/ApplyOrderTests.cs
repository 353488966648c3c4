using MultiCluster.Changes;

namespace MultiCluster.Tests.Changes;

/// <summary>What is made before what.</summary>
public sealed class ApplyOrderTests
{
    [Fact]
    public void What_others_need_comes_first()
    {
        (string Group, string Kind)[] kinds =
        [
            ("", "Namespace"), ("apiextensions.k8s.io", "CustomResourceDefinition"), ("storage.k8s.io", "StorageClass"), ("", "ConfigMap"),
            ("rbac.authorization.k8s.io", "RoleBinding"), ("", "Service"), ("apps", "Deployment"), ("networking.k8s.io", "Ingress"),
            ("example.com", "Widget"), ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
        ];
        var ranks = kinds.Select(static kind => ApplyOrder.RankOf(kind.Group, kind.Kind)).ToArray();
        Assert.Equal(ranks.Order(), ranks);
        Assert.Equal(ranks.Length, ranks.Distinct().Count());
    }

    [Theory]
    [InlineData("", "ServiceAccount", "", "Pod")]
    [InlineData("", "PersistentVolume", "", "PersistentVolumeClaim")]
    [InlineData("", "PersistentVolumeClaim", "apps", "StatefulSet")]
    [InlineData("", "Secret", "batch", "CronJob")]
    [InlineData("rbac.authorization.k8s.io", "ClusterRole", "rbac.authorization.k8s.io", "ClusterRoleBinding")]
    [InlineData("", "ResourceQuota", "apps", "Deployment")]
    [InlineData("scheduling.k8s.io", "PriorityClass", "", "Pod")]
    [InlineData("apps", "Deployment", "autoscaling", "HorizontalPodAutoscaler")]
    [InlineData("apps", "Deployment", "admissionregistration.k8s.io", "MutatingWebhookConfiguration")]
    [InlineData("apps", "Deployment", "apiregistration.k8s.io", "APIService")]
    public void One_comes_before_the_other(string group, string kind, string laterGroup, string later) =>
        Assert.True(ApplyOrder.RankOf(group, kind) < ApplyOrder.RankOf(laterGroup, later));

    [Theory]
    [InlineData("example.com", "Namespace")]
    [InlineData("example.com", "Service")]
    public void A_kind_of_another_group_is_another_kind(string group, string kind) => Assert.NotEqual(ApplyOrder.RankOf("", kind), ApplyOrder.RankOf(group, kind));
}
