using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

/// <summary>What the columns of OpenShift's and Gateway API's kinds show where fields say otherwise than usual, or are missing.</summary>
public sealed class OpenShiftKindTests
{
    [Fact]
    public void While_an_update_is_under_way_the_version_is_the_one_before()
    {
        var version = Sample.Read<KubeClusterVersion>(
            """
            {"metadata":{"name":"version"},"spec":{"channel":"fast-4.18"},"status":{"desired":{"version":"4.18.9"},"availableUpdates":null,
             "history":[{"state":"Partial","version":"4.18.9"},{"state":"Completed","version":"4.18.7"}],
             "conditions":[{"type":"Progressing","status":"True","message":"Working towards 4.18.9: 3 of 900 done","lastTransitionTime":"2026-03-01T11:00:00Z"},{"type":"Failing","status":"True","message":"operator console is degraded"}]}}
            """,
            "config.openshift.io/v1");

        Assert.Equal(("4.18.7", "4.18.9", "True"), (version.Version, version.DesiredVersion, version.Progressing));
        Assert.Equal(("Working towards 4.18.9: 3 of 900 done", "operator console is degraded"), (version.Message, version.Failure));
        Assert.Empty(version.AvailableUpdates);
    }

    [Fact]
    public void An_operator_that_is_not_available_says_why()
    {
        var told = Sample.Read<KubeClusterOperator>(
            """{"metadata":{"name":"dns"},"status":{"conditions":[{"type":"Available","status":"False","message":"no pods"},{"type":"Degraded","status":"False"}]}}""", "config.openshift.io/v1");

        Assert.Equal(("False", "False", "no pods"), (told.Available, told.Degraded, told.Message));
        Assert.Null(told.Version);
    }

    [Fact]
    public void A_route_has_the_host_that_a_router_took_and_all_its_Services()
    {
        var route = Sample.Read<KubeRoute>(
            """{"metadata":{"name":"r","namespace":"web"},"spec":{"host":"wanted","to":{"name":"a"},"alternateBackends":[{"name":"b"}],"port":{"targetPort":8080},"tls":{"termination":"passthrough"}},"status":{"ingress":[{"host":"taken"}]}}""",
            "route.openshift.io/v1");

        Assert.Equal(("taken", "8080", "passthrough"), (route.Host, route.Port, route.Termination));
        Assert.Equal(["a", "b"], route.Services);
        Assert.Null(route.Admitted);
    }

    [Fact]
    public void A_route_that_one_of_two_gateways_refuses_is_not_accepted()
    {
        var route = Sample.Read(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            """{"metadata":{"name":"r","namespace":"web"},"status":{"parents":[{"conditions":[{"type":"Accepted","status":"True"}]},{"conditions":[{"type":"Accepted","status":"False"}]}]}}""");

        Assert.Equal("False", Assert.IsType<KubeHttpRoute>(route).Accepted);
    }

    [Theory]
    [InlineData("config.openshift.io/v1", "ClusterVersion")]
    [InlineData("config.openshift.io/v1", "ClusterOperator")]
    [InlineData("machineconfiguration.openshift.io/v1", "MachineConfigPool")]
    [InlineData("route.openshift.io/v1", "Route")]
    [InlineData("project.openshift.io/v1", "Project")]
    [InlineData("apps.openshift.io/v1", "DeploymentConfig")]
    [InlineData("build.openshift.io/v1", "BuildConfig")]
    [InlineData("image.openshift.io/v1", "ImageStream")]
    [InlineData("gateway.networking.k8s.io/v1", "GatewayClass")]
    [InlineData("gateway.networking.k8s.io/v1beta1", "Gateway")]
    [InlineData("gateway.networking.k8s.io/v1beta1", "HTTPRoute")]
    public void An_object_without_any_field_has_empty_columns_and_throws_nothing(string apiVersion, string kind)
    {
        foreach (var json in new[] { """{"metadata":{"name":"x"}}""", """{"metadata":{"name":"x"},"spec":7,"status":[]}""" })
        {
            var item = Sample.Read(apiVersion, kind, json);
            Assert.NotEqual(typeof(KubeObject), item.GetType());
            foreach (var property in item.GetType().GetProperties())
                property.GetValue(item);
        }
    }
}
