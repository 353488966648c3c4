using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class KubeObjectRootTests
{
    [Fact]
    public void Odd_roots_of_a_custom_resource_are_listed()
    {
        var odd = Sample.Read("example.com/v1", "Odd", """{"apiVersion":"example.com/v1","kind":"Odd","metadata":{"name":"x"},"color":"red","spec":{},"size":{"a":1},"status":{},"name":"hidden"}""");

        Assert.Equal(["color", "size"], odd.OtherRoots().Select(root => root.Name));
        Assert.Equal("red", odd.OtherRoots()[0].Value.AsObject());
    }

    [Theory]
    [InlineData("v1", "ConfigMap", """{"metadata":{"name":"x"},"data":{},"binaryData":{},"immutable":true}""")]
    [InlineData("v1", "Secret", """{"metadata":{"name":"x"},"data":{},"stringData":{},"type":"Opaque","immutable":true}""")]
    [InlineData("v1", "ServiceAccount", """{"metadata":{"name":"x"},"secrets":[],"imagePullSecrets":[],"automountServiceAccountToken":true}""")]
    [InlineData("v1", "Event", """{"metadata":{"name":"x"},"involvedObject":{},"reason":"","message":"","source":{},"firstTimestamp":"","lastTimestamp":"","count":1,"type":"","eventTime":"","series":{},"action":"","related":{},"reportingComponent":"","reportingInstance":""}""")]
    [InlineData("storage.k8s.io/v1", "StorageClass", """{"metadata":{"name":"x"},"provisioner":"","parameters":{},"reclaimPolicy":"","mountOptions":[],"allowVolumeExpansion":true,"volumeBindingMode":"","allowedTopologies":[]}""")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", """{"metadata":{"name":"x"},"addressType":"","endpoints":[],"ports":[]}""")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", """{"metadata":{"name":"x"},"rules":[],"aggregationRule":{}}""")]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", """{"metadata":{"name":"x"},"roleRef":{},"subjects":[]}""")]
    [InlineData("v1", "Pod", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{},"status":{}}""")]
    public void A_typed_kind_has_a_property_for_each_of_its_roots(string apiVersion, string kind, string json) =>
        Assert.Empty(Sample.Read(apiVersion, kind, json).OtherRoots());

    [Fact]
    public void A_row_of_a_servers_table_gives_its_columns()
    {
        var source = new ObjectSource
        {
            Cluster = Sample.Cluster,
            Kind = new ResourceKind { Group = "cert-manager.io", Version = "v1", Kind = "Certificate", Plural = "certificates" },
            Time = TimeProvider.System,
            Columns = [new("Name", "string", 0), new("Ready", "string", 0), new("Count", "integer", 0), new("Load", "number", 1), new("On", "boolean", 1), new("Age", "date", 0)],
        };

        var row = Sample.Read(source, """{"cells":["tls","True",3,0.5,true,"3d4h"],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"tls"}}}""");

        Assert.Equal(["Name", "Ready", "Count", "Load", "On", "Age"], row.Columns.Keys.Cast<string>());
        Assert.Equal(new object?[] { "tls", "True", 3L, 0.5, true, "3d4h" }, row.Columns.Values.Cast<object?>());
        Assert.Equal("True", row.Columns["ready"]);
        Assert.True(row.Columns.IsReadOnly);
        Assert.Equal("tls", row.Name);
    }

    [Fact]
    public void An_object_that_came_in_no_table_has_no_columns() =>
        Assert.Empty(Sample.Read("v1", "Pod", """{"metadata":{"name":"x"}}""").Columns);
}
