using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A HorizontalPodAutoscaler, with the columns of <c>kubectl get horizontalpodautoscalers</c>.</summary>
[Kind("autoscaling", "HorizontalPodAutoscaler")]
public sealed class KubeHorizontalPodAutoscaler : KubeObject
{
    internal KubeHorizontalPodAutoscaler(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>What it scales: <c>Deployment/web</c>.</summary>
    [Column(Wide = true)]
    public string Reference => $"{SpecJson["scaleTargetRef"u8]["kind"u8].AsString()}/{SpecJson["scaleTargetRef"u8]["name"u8].AsString()}";

    /// <summary>Current and wanted metrics: <c>cpu: 40%/80%, 12/10 + 1 more...</c>.</summary>
    [Column(Most = 14)]
    public string Targets => MetricText.Of(AnnotationsJson, SpecJson, StatusJson);

    /// <summary>The fewest replicas; the API's own default is 1.</summary>
    [Column(Wide = true)]
    public int MinPods => SpecJson["minReplicas"u8] is { Exists: true } least ? least.AsInt32() : 1;

    /// <summary>The most replicas.</summary>
    [Column("Max", Most = 4)]
    public int MaxPods => SpecJson["maxReplicas"u8].AsInt32();

    /// <summary>Replicas that it sees.</summary>
    [Column]
    public int Replicas => StatusJson["currentReplicas"u8].AsInt32();
}
