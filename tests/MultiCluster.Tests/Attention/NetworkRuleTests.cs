using MultiCluster.Attention;
using MultiCluster.Attention.Rules;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using static MultiCluster.Tests.Attention.RuleScan;

namespace MultiCluster.Tests.Attention;

/// <summary>The rules about what leads to pods.</summary>
public sealed class NetworkRuleTests
{
    [Fact]
    public void A_Service_that_leads_nowhere_is_found()
    {
        Assert.Equal((FindingSeverity.Warning, "Service/web/api", "Leads nowhere: its selector fits no pod that has an address."), One(new ServiceEndpointsRule(), Service("api")));
        Assert.Equal("Leads nowhere: none of its 2 endpoints is ready.", One(new ServiceEndpointsRule(), Service("api"), Slice("api", false), Slice("api", false)).Reason);
        Assert.Empty(Of(new ServiceEndpointsRule(), Service("api"), Slice("api", false), Slice("api", true)));
    }

    [Fact]
    public void A_Service_that_selects_nothing_or_has_just_been_made_is_left_alone() =>
        Assert.Empty(Of(new ServiceEndpointsRule(), Service("outside", spec: """ "type": "ExternalName", "selector": { "a": "b" } """), Service("manual", spec: """ "ports": [] """), Service("new", minutes: 2)));

    [Fact]
    public void An_Ingress_to_a_Service_or_a_port_that_is_not_there_is_an_error()
    {
        Assert.Equal(
            (FindingSeverity.Error, "Ingress/web/shop", "Leads to what is not there: Service cart and port 9090 of Service api."),
            One(new IngressBackendRule(), Ingress(("api", "80"), ("api", "9090"), ("cart", "80")), Service("api")));
        Assert.Empty(Of(new IngressBackendRule(), Ingress(("api", "80")), Service("api")));
    }

    [Fact]
    public void An_Ingress_may_name_the_port_and_have_a_default()
    {
        var named = Sample.Read("networking.k8s.io/v1", "Ingress", """
            { "metadata": { "name": "shop", "namespace": "web" }, "spec": { "defaultBackend": { "service": { "name": "api", "port": { "name": "http" } } } } }
            """);

        Assert.Empty(Of(new IngressBackendRule(), named, Service("api")));
        Assert.Single(Of(new IngressBackendRule(), named));
    }

    private static KubeObject Service(string name, int minutes = 60, string spec = """ "selector": { "app": "api" }, "ports": [ { "name": "http", "port": 80 } ] """) =>
        Sample.Read("v1", "Service", $$"""{ "metadata": { "name": "{{name}}", "namespace": "web", "creationTimestamp": "{{MinutesAgo(minutes)}}" }, "spec": { {{spec}} } }""");

    private static KubeObject Slice(string service, bool ready) => Sample.Read("discovery.k8s.io/v1", "EndpointSlice", $$"""
        { "metadata": { "name": "{{service}}-1", "namespace": "web", "labels": { "kubernetes.io/service-name": "{{service}}" } }, "endpoints": [ { "addresses": [ "10.0.0.1" ], "conditions": { "ready": {{(ready ? "true" : "false")}} } } ] }
        """);

    private static KubeObject Ingress(params (string Service, string Port)[] backends) => Sample.Read("networking.k8s.io/v1", "Ingress", $$"""
        { "metadata": { "name": "shop", "namespace": "web" }, "spec": { "rules": [ { "http": { "paths": [
          {{string.Join(", ", backends.Select(static one => $$$"""{ "path": "/", "backend": { "service": { "name": "{{{one.Service}}}", "port": { "number": {{{one.Port}}} } } } }"""))}}
        ] } } ] } }
        """);
}
