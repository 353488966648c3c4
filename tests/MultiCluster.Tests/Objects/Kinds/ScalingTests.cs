using System.Text.Json;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

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

    [Theory]
    [InlineData("autoscaling/v1", """{"spec":{"targetCPUUtilizationPercentage":80},"status":{"currentReplicas":1}}""", "cpu: <unknown>/80%")]
    [InlineData("autoscaling/v1", """{"metadata":{"annotations":{"autoscaling.alpha.kubernetes.io/metrics":"no list"}},"spec":{"maxReplicas":1}}""", "<none>")]
    [InlineData("autoscaling/v2beta2", """{"spec":{"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]},"status":{"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":35,"averageValue":"70m"}}}]}}""", "cpu: 35%/80%")]
    [InlineData("autoscaling/v2", """{"spec":{"metrics":[{"type":"Object","object":{"describedObject":{"kind":"Ingress","name":"i"},"metric":{"name":"rps"},"target":{"type":"AverageValue","averageValue":"10"}}}]},"status":{"currentMetrics":[{"type":"Object","object":{"current":{"averageValue":"12","value":"24"}}}]}}""", "12/10 (avg)")]
    public void An_autoscaler_shows_its_metrics_in_every_version(string version, string json, string text) =>
        Assert.Equal(text, Sample.Read<KubeHorizontalPodAutoscaler>(json, version).Targets);

    [Theory]
    [InlineData("\"targetCPUUtilizationPercentage\":80", "", "memory: 40Mi/100Mi, 12/10 + 1 more...")]
    [InlineData("\"maxReplicas\":9", """{"type":"Resource","resource":{"name":"cpu","targetAverageValue":"250m"}},""", "cpu: 70m/250m, memory: 40Mi/100Mi + 1 more...")]
    public void An_autoscaler_of_the_first_version_keeps_other_metrics_in_annotations(string spec, string cpu, string text)
    {
        var metrics = $$"""
            [{{cpu}}{"type":"Resource","resource":{"name":"memory","targetAverageValue":"100Mi"} },{"type":"Pods","pods":{"metricName":"rps","targetAverageValue":"10"} }]
            """;
        const string current = """
            [{"type":"Resource","resource":{"name":"cpu","currentAverageUtilization":35,"currentAverageValue":"70m"}},
             {"type":"Resource","resource":{"name":"memory","currentAverageValue":"40Mi"}},{"type":"Pods","pods":{"metricName":"rps","currentAverageValue":"12"}}]
            """;

        Assert.Equal(text, Sample.Read<KubeHorizontalPodAutoscaler>(
            $$"""
            {"metadata":{"annotations":{"autoscaling.alpha.kubernetes.io/metrics":{{JsonSerializer.Serialize(metrics)}},
             "autoscaling.alpha.kubernetes.io/current-metrics":{{JsonSerializer.Serialize(current)}} } },"spec":{ {{spec}} } }
            """,
            "autoscaling/v1").Targets);
    }

    [Theory]
    [InlineData("""{"type":"Resource","resource":{"name":"cpu","targetAverageUtilization":80}}""", """{"type":"Resource","resource":{"name":"cpu","currentAverageUtilization":35,"currentAverageValue":"70m"}}""", "cpu: 35%/80%")]
    [InlineData("""{"type":"Resource","resource":{"name":"memory","targetAverageValue":"100Mi"}}""", """{"type":"Resource","resource":{"name":"memory","currentAverageValue":"40Mi"}}""", "memory: 40Mi/100Mi")]
    [InlineData("""{"type":"ContainerResource","containerResource":{"name":"cpu","container":"web","targetAverageUtilization":60}}""", """{"type":"ContainerResource","containerResource":{"name":"cpu","container":"web","currentAverageUtilization":7,"currentAverageValue":"9m"}}""", "cpu: 7%/60%")]
    [InlineData("""{"type":"Pods","pods":{"metricName":"rps","targetAverageValue":"10"}}""", """{"type":"Pods","pods":{"metricName":"rps","currentAverageValue":"12"}}""", "12/10")]
    [InlineData("""{"type":"Object","object":{"target":{"kind":"Ingress","name":"i"},"metricName":"rps","targetValue":"100"}}""", """{"type":"Object","object":{"target":{"kind":"Ingress","name":"i"},"metricName":"rps","currentValue":"50"}}""", "50/100")]
    [InlineData("""{"type":"Object","object":{"target":{"kind":"Ingress","name":"i"},"metricName":"rps","targetValue":"0","averageValue":"10"}}""", """{"type":"Object","object":{"metricName":"rps","currentValue":"24","averageValue":"12"}}""", "12/10 (avg)")]
    [InlineData("""{"type":"External","external":{"metricName":"queue","targetValue":"100"}}""", """{"type":"External","external":{"metricName":"queue","currentValue":"50"}}""", "50/100")]
    [InlineData("""{"type":"External","external":{"metricName":"queue","targetAverageValue":"100"}}""", """{"type":"External","external":{"metricName":"queue","currentValue":"0","currentAverageValue":"50"}}""", "50/100 (avg)")]
    [InlineData("""{"type":"Resource","resource":{"name":"cpu","targetAverageUtilization":80}}""", "", "cpu: <unknown>/80%")]
    public void An_autoscaler_of_the_first_beta_has_its_own_field_names(string metric, string current, string text) => Assert.Equal(
        text,
        Sample.Read<KubeHorizontalPodAutoscaler>(
            $$"""{"metadata":{"name":"h"},"spec":{"metrics":[{{metric}}]},"status":{"currentMetrics":[{{current}}]} }""", "autoscaling/v2beta1").Targets);

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
