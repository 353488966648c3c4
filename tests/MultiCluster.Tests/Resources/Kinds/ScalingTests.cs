using MultiCluster.Resources;

namespace MultiCluster.Tests.Resources.Kinds;

public sealed class ScalingTests
{
    [Theory]
    [InlineData("[]", "[]", "<none>")]
    [InlineData("""[{"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":80}}}]""", """[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":40,"averageValue":"400m"}}}]""", "cpu: 40%/80%")]
    [InlineData("""[{"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":80}}}]""", "null", "cpu: <unknown>/80%")]
    [InlineData("""[{"type":"Resource","resource":{"name":"memory","target":{"averageValue":"100Mi"}}}]""", """[{"type":"Resource","resource":{"name":"memory","current":{"averageValue":"50Mi"}}}]""", "memory: 50Mi/100Mi")]
    [InlineData("""[{"type":"ContainerResource","containerResource":{"name":"cpu","container":"web","target":{"averageUtilization":60}}}]""", """[{"containerResource":{"current":{"averageUtilization":7}}}]""", "cpu: 7%/60%")]
    [InlineData("""[{"type":"Pods","pods":{"metric":{"name":"rps"},"target":{"averageValue":"10"}}}]""", """[{"pods":{"current":{"averageValue":"12"}}}]""", "12/10")]
    [InlineData("""[{"type":"Object","object":{"target":{"value":"100"}}}]""", """[{"object":{"current":{"value":"50"}}}]""", "50/100")]
    [InlineData("""[{"type":"External","external":{"target":{"averageValue":"100"}}}]""", """[{"external":{"current":{"averageValue":"50"}}}]""", "50/100 (avg)")]
    [InlineData("""[{"type":"External","external":{"target":{"value":"1"}}},{"type":"Pods","pods":{"target":{"averageValue":"2"}}},{"type":"Resource","resource":{"name":"cpu","target":{"averageUtilization":3}}}]""", "[]", "<unknown>/1, <unknown>/2 + 1 more...")]
    [InlineData("""[{"type":"Odd"},5]""", "[]", "<unknown type>, <unknown type>")]
    public void An_autoscaler_shows_current_and_wanted_metrics(string metrics, string current, string text) => Assert.Equal(
        text,
        Sample.Read<KubeHorizontalPodAutoscaler>(
            $$"""{"metadata":{"name":"h"},"spec":{"metrics":{{metrics}}},"status":{"currentMetrics":{{current}}} }""").Targets);

    [Fact]
    public void An_autoscaler_of_the_first_version_has_one_target()
    {
        var scaler = Sample.Read<KubeHorizontalPodAutoscaler>(
            """
            {"metadata":{"name":"h"},"spec":{"minReplicas":2,"maxReplicas":10,"targetCPUUtilizationPercentage":80,
             "scaleTargetRef":{"kind":"Deployment","name":"web"}},"status":{"currentReplicas":3,"currentCPUUtilizationPercentage":35}}
            """,
            "autoscaling/v1");

        Assert.Equal(("Deployment/web", "cpu: 35%/80%", 2, 10, 3), (scaler.Reference, scaler.Targets, scaler.MinPods, scaler.MaxPods, scaler.Replicas));
    }

    [Fact]
    public void A_budget_has_kubectls_columns()
    {
        var budget = Sample.Read<KubePodDisruptionBudget>("""
            {"metadata":{"name":"b"},"spec":{"minAvailable":"50%","selector":{"matchLabels":{"app":"web"}}},
             "status":{"disruptionsAllowed":1,"currentHealthy":3,"desiredHealthy":2}}
            """);

        Assert.Equal(("50%", "N/A", 1), (budget.MinAvailable, budget.MaxUnavailable, budget.AllowedDisruptions));
        Assert.Equal((3, 2, "app=web"), (budget.CurrentHealthy, budget.DesiredHealthy, budget.Selector));
        Assert.Equal("1", Sample.Read<KubePodDisruptionBudget>("""{"metadata":{"name":"b"},"spec":{"maxUnavailable":1}}""").MaxUnavailable);
    }
}
