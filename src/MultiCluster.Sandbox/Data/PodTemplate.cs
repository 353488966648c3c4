namespace MultiCluster.Sandbox.Data;

/// <summary>What the pods of one workload have in common.</summary>
internal sealed record PodTemplate(string Namespace, string App, string Tier, string Image)
{
    public IReadOnlyList<(string Key, string Value)> ExtraLabels { get; init; } = [];

    public Owner? Owner { get; init; }

    /// <summary>True for pods that every taint lets in.</summary>
    public bool ToleratesAll { get; init; }

    /// <summary>What a template inside a workload's spec shows.</summary>
    public string Json => $$$"""
        {
          "metadata": { "creationTimestamp": null, "labels": {{{Draft.Map(Labels)}}} },
          "spec": {
            "containers": [ {
              "name": "{{{App}}}",
              "image": "{{{Image}}}",
              "ports": [ { "name": "http", "containerPort": 8080, "protocol": "TCP" } ],
              "resources": { "limits": { "cpu": "500m", "memory": "256Mi" }, "requests": { "cpu": "100m", "memory": "128Mi" } },
              "terminationMessagePath": "/dev/termination-log",
              "terminationMessagePolicy": "File",
              "imagePullPolicy": "IfNotPresent"
            } ],
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "dnsPolicy": "ClusterFirst",
            "securityContext": {
            },
            "schedulerName": "default-scheduler"{{{(ToleratesAll ? ", \"tolerations\": [ { \"operator\": \"Exists\" } ]" : "")}}}
          }
        }
        """;

    public string Selector => $"{{\"app\":\"{App}\"}}";

    public IReadOnlyList<(string Key, string Value)> Labels =>
    [
        .. new[] { ("app", App), ("app.kubernetes.io/name", App), ("tier", Tier), ("version", Image[(Image.LastIndexOf(':') + 1)..]) }
            .Concat(ExtraLabels).OrderBy(l => l.Item1, StringComparer.Ordinal),
    ];
}
