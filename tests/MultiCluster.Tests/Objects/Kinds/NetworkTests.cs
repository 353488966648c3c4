using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("""{"type":"ClusterIP"}""", "{}", null)]
    [InlineData("""{"type":"ClusterIP","externalIPs":["1.1.1.1","2.2.2.2"]}""", "{}", "1.1.1.1,2.2.2.2")]
    [InlineData("""{"type":"NodePort"}""", """{"loadBalancer":{"ingress":[{"ip":"9.9.9.9"}]}}""", null)]
    [InlineData("""{"type":"LoadBalancer"}""", """{"loadBalancer":{}}""", "<pending>")]
    [InlineData("""{"type":"LoadBalancer"}""", """{"loadBalancer":{"ingress":[{"ip":"2.2.2.2","hostname":"b"},{"hostname":"a.elb.example.com"}]}}""", "2.2.2.2,a.elb.example.com")]
    [InlineData("""{"type":"LoadBalancer","externalIPs":["1.1.1.1"]}""", """{"loadBalancer":{"ingress":[{"ip":"2.2.2.2"}]}}""", "2.2.2.2,1.1.1.1")]
    [InlineData("""{"type":"LoadBalancer","externalIPs":["1.1.1.1"]}""", "{}", "1.1.1.1")]
    [InlineData("""{"type":"ExternalName","externalName":"db.example.com"}""", "{}", "db.example.com")]
    public void A_service_shows_how_it_is_reached_from_outside(string spec, string status, string? ip) => Assert.Equal(
        ip,
        Sample.Read<KubeService>($$"""{"metadata":{"name":"s"},"spec":{{spec}},"status":{{status}}}""").ExternalIp);

    [Fact]
    public void A_service_has_kubectls_columns()
    {
        var service = Sample.Read<KubeService>("""
            {"metadata":{"name":"s"},"spec":{"type":"NodePort","clusterIP":"10.96.0.10","selector":{"b":"2","a":"1"},
             "ports":[{"port":53,"protocol":"UDP"},{"port":443,"nodePort":30443,"protocol":"TCP"},{"port":80}]}}
            """);

        Assert.Equal(("NodePort", "10.96.0.10", "a=1,b=2"), (service.Type, service.ClusterIp, service.Selector));
        Assert.Equal(["53/UDP", "443:30443/TCP", "80/TCP"], service.Ports);
    }

    [Fact]
    public void An_ingress_has_kubectls_columns()
    {
        var ingress = Sample.Read<KubeIngress>("""
            {"metadata":{"name":"i"},"spec":{"ingressClassName":"nginx","tls":[{"hosts":["a"]}],"rules":[{"host":"a.example.com"},{},{"host":"b.example.com"}]},
             "status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.10"}]}}}
            """);

        Assert.Equal(("nginx", "203.0.113.10", "80, 443"), (ingress.Class, ingress.Address, ingress.Ports));
        Assert.Equal(["a.example.com", "b.example.com"], ingress.Hosts);
    }

    [Fact]
    public void An_ingress_without_hosts_is_for_all()
    {
        var ingress = Sample.Read<KubeIngress>("""{"metadata":{"name":"i"},"spec":{"rules":[{}]}}""", "extensions/v1beta1");

        Assert.Equal(["*"], ingress.Hosts);
        Assert.Equal((null, null, "80"), (ingress.Class, ingress.Address, ingress.Ports));
    }

    [Fact]
    public void An_endpoint_slice_shows_ports_and_addresses()
    {
        var slice = Sample.Read<KubeEndpointSlice>("""
            {"metadata":{"name":"s-1","labels":{"kubernetes.io/service-name":"s"}},"addressType":"IPv4",
             "ports":[{"name":"http","port":8080},{"name":"dns"},{}],"endpoints":[{"addresses":["10.0.0.1"]},{"addresses":["10.0.0.2","10.0.0.3"]}]}
            """);

        Assert.Equal(("IPv4", "s", 2), (slice.AddressType, slice.Service, slice.Endpoints?.Count));
        Assert.Equal(["8080", "dns", "*"], slice.PortNumbers);
        Assert.Equal(["10.0.0.1", "10.0.0.2", "10.0.0.3"], slice.Addresses);
    }

    [Fact]
    public void A_network_policy_shows_its_pods()
    {
        var policy = Sample.Read<KubeNetworkPolicy>(
            """{"metadata":{"name":"p"},"spec":{"podSelector":{"matchLabels":{"app":"db"}},"policyTypes":["Ingress"]}}""");
        var all = Sample.Read<KubeNetworkPolicy>("""{"metadata":{"name":"p"},"spec":{"podSelector":{}}}""");

        Assert.Equal(("app=db", "<none>"), (policy.PodSelector, all.PodSelector));
        Assert.Equal(["Ingress"], policy.PolicyTypes);
    }
}
