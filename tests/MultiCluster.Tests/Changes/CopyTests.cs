using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Changes.Wanted;

namespace MultiCluster.Tests.Changes;

/// <summary>Objects as they are copied to other clusters and namespaces.</summary>
public sealed class CopyTests
{
    [Fact]
    public void A_copy_has_neither_identity_nor_status_nor_owner() => Assert.Equal(
        """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web","labels":{"app":"x"},"annotations":{"mine":"1"}},"data":{"key":"1"}}""",
        Copy("", "ConfigMap", """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"web","uid":"u","resourceVersion":"1","creationTimestamp":"2026-01-01T00:00:00Z","generation":3,"selfLink":"/x",
             "managedFields":[{}],"ownerReferences":[{"name":"o"}],"finalizers":["x/y"],"deletionTimestamp":"2026-01-01T00:00:00Z","deletionGracePeriodSeconds":0,"labels":{"app":"x"},
             "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","mine":"1"}},"data":{"key":"1"},"status":{"x":1}}
            """));

    [Theory]
    // A Service gets its addresses and node ports from its cluster; a headless one is meant to have none.
    [InlineData("", "Service", """{"clusterIP":"10.0.0.1","clusterIPs":["10.0.0.1"],"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","ports":[{"port":80,"nodePort":30080}],"type":"NodePort"}""", """{"ports":[{"port":80}],"type":"NodePort"}""")]
    [InlineData("", "Service", """{"clusterIP":"None","clusterIPs":["None"],"ports":[{"port":80}]}""", """{"clusterIP":"None","ports":[{"port":80}]}""")]
    [InlineData("", "Service", """{"type":"ExternalName","externalName":"x.example.com"}""", """{"type":"ExternalName","externalName":"x.example.com"}""")]
    [InlineData("", "Service", """{"type":"LoadBalancer","externalTrafficPolicy":"Local","healthCheckNodePort":31000}""", """{"type":"LoadBalancer","externalTrafficPolicy":"Local"}""")]
    [InlineData("", "PersistentVolumeClaim", """{"storageClassName":"fast","volumeName":"pv-1"}""", """{"storageClassName":"fast"}""")]
    [InlineData("", "PersistentVolume", """{"claimRef":{"name":"x"},"capacity":{"storage":"1Gi"}}""", """{"capacity":{"storage":"1Gi"}}""")]
    [InlineData("", "Pod", """{"nodeName":"node-1","containers":[]}""", """{"containers":[]}""")]
    [InlineData("", "Namespace", """{"finalizers":["kubernetes"]}""", "{}")]
    // A Job's selector and labels are its own, unless they were chosen by hand.
    [InlineData("batch", "Job", """{"selector":{"matchLabels":{"controller-uid":"u"}},"template":{"metadata":{"labels":{"app":"x","controller-uid":"u","job-name":"a","batch.kubernetes.io/controller-uid":"u","batch.kubernetes.io/job-name":"a"}}}}""", """{"template":{"metadata":{"labels":{"app":"x"}}}}""")]
    [InlineData("batch", "Job", """{"manualSelector":true,"selector":{"matchLabels":{"app":"x"}}}""", """{"manualSelector":true,"selector":{"matchLabels":{"app":"x"}}}""")]
    // Another group's kind is none of these.
    [InlineData("serving.knative.dev", "Service", """{"clusterIP":"10.0.0.1"}""", """{"clusterIP":"10.0.0.1"}""")]
    [InlineData("apps", "Deployment", """{"replicas":3,"template":{"spec":{"nodeName":"node-1"}}}""", """{"replicas":3,"template":{"spec":{"nodeName":"node-1"}}}""")]
    public void A_copy_lacks_what_binds_it_to_its_cluster(string group, string kind, string spec, string copied) =>
        Assert.Equal(copied, JsonNode.Parse(Copy(group, kind, $$"""{"metadata":{"name":"a"},"spec":{{spec}}}"""))!["spec"]!.ToJsonString());

    [Fact]
    public void A_copy_of_a_Job_does_not_bear_the_labels_of_the_first() => Assert.Equal(
        """{"app":"x"}""",
        JsonNode.Parse(Copy("batch", "Job", """{"metadata":{"name":"a","labels":{"app":"x","controller-uid":"u","job-name":"a"}},"spec":{}}"""))!["metadata"]!["labels"]!.ToJsonString());

    [Fact]
    public void The_values_of_a_Secret_are_copied_as_they_are() =>
        Assert.Equal("""{"a":"Z2VoZWlt"}""", JsonNode.Parse(Copy("", "Secret", """{"metadata":{"name":"a"},"type":"Opaque","data":{"a":"Z2VoZWlt"}}"""))!["data"]!.ToJsonString());

    [Theory]
    [InlineData("""{"name":"a","namespace":"web"}""", "shop", null, """{"name":"a","namespace":"shop"}""")]
    [InlineData("""{"name":"a","namespace":"web"}""", null, "b", """{"name":"b","namespace":"web"}""")]
    [InlineData("""{"name":"a"}""", "shop", null, """{"name":"a"}""")] // of the whole cluster
    [InlineData("""{"name":"a","annotations":{"deployment.kubernetes.io/revision":"3"}}""", null, null, """{"name":"a"}""")]
    public void A_copy_may_be_of_another_namespace_and_name(string metadata, string? ns, string? name, string copied) =>
        Assert.Equal(copied, JsonNode.Parse(Copy("", "ConfigMap", $$"""{"metadata":{{metadata}}}""", ns, name))!["metadata"]!.ToJsonString());

    private static string Copy(string group, string kind, string json, string? ns = null, string? name = null) =>
        Encoding.UTF8.GetString(WholeChange.Copy(Encoding.UTF8.GetBytes(json), group, kind, ns, name));
}
