using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Workloads;

/// <summary>A ReplicaSet of a Deployment.</summary>
internal sealed record OwnedReplicaSet(StoredObject Item, JsonObject Json)
{
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public int Replicas => Json["spec"]!["replicas"].AsInt() ?? 1;

    public int Pods => Status("replicas");

    public int Ready => Status("readyReplicas");

    public int Available => Status("availableReplicas");

    public JsonNode? Template => Json["spec"]!["template"];

    public DateTimeOffset Created => DateTimeOffset.TryParse(Json["metadata"]!["creationTimestamp"]?.ToString(), CultureInfo.InvariantCulture, out var at) ? at : default;

    /// <summary>Its number; 0 while it has none.</summary>
    public int Revision => RevisionOf(Json);

    public static int RevisionOf(JsonNode json) =>
        int.TryParse(json["metadata"]!["annotations"]?[RevisionAnnotation]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private int Status(string name) => Json["status"]?[name].AsInt() ?? 0;
}
