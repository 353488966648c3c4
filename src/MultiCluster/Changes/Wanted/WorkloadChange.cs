using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Changes.Wanted;

/// <summary>What people do with workloads: scale, restart, pause.</summary>
internal static class WorkloadChange
{
    /// <summary>The annotation by which <c>kubectl rollout restart</c> changes a template, and this module as well.</summary>
    public const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    /// <summary>Sets how many replicas are wanted, through the kind's scale. One that an autoscaler sets is refused, but for stopping it and starting it again.</summary>
    public static ObjectChange Scale(ChangeTarget target, int replicas, Autoscalers autoscalers)
    {
        int Wanted(KubeObject item) => item.SpecJson["replicas"u8].Exists ? item.SpecJson["replicas"u8].AsInt32() : 1;
        return target.Change(
            "Scale",
            before =>
            {
                if (Wanted(before) == replicas)
                    return null;
                var body = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } };
                return new ObjectWrite(WriteMethod.MergePatch, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body)) { Subresource = "scale" };
            }) with
        {
            Check = async (connection, before, call, cancellationToken) =>
            {
                var isSwitch = replicas == 0 || (Wanted(before) == 0 && replicas == 1);
                if (!isSwitch && Wanted(before) != replicas && await autoscalers.FindAsync(connection, before, call, cancellationToken).ConfigureAwait(false) is { } autoscaler)
                    throw new FaultException(FaultPhase.Invalid, $"the HorizontalPodAutoscaler {autoscaler} sets its replicas, and would set them again", "Change the autoscaler's minReplicas and maxReplicas; 0 stops it, and 1 from 0 starts it again.");
            },
            Describe = (before, _) => [new KubeFieldChange { Path = "spec.replicas", Old = (long)Wanted(before!), New = (long)replicas }],
        };
    }

    /// <summary>Replaces all pods, as an update of the template does.</summary>
    /// <param name="target">The workload.</param>
    /// <param name="now">What is written into its template.</param>
    public static ObjectChange Restart(ChangeTarget target, DateTimeOffset now) => PatchChange.Merge(target, "Restart", before =>
    {
        if (before.Source.Kind is not { Group: "apps", Kind: "Deployment" or "StatefulSet" or "DaemonSet" })
            throw new FaultException(FaultPhase.Invalid, $"a {before.Kind} cannot be restarted", "Deployments, StatefulSets and DaemonSets can.");
        if (before is { Kind: "Deployment" } && before.SpecJson["paused"u8].AsBoolean())
            throw new FaultException(FaultPhase.Invalid, "it is paused, and replaces no pods", "Resume-KubeWorkload it first.");
        return Nested(now.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture), "spec", "template", "metadata", "annotations", RestartedAt);
    });

    /// <summary>Pauses a Deployment's rollout, or suspends a CronJob or Job; or has it go on.</summary>
    public static ObjectChange Suspend(ChangeTarget target, bool suspend) => PatchChange.Merge(target, suspend ? "Suspend" : "Resume", before =>
    {
        var field = before.Source.Kind switch
        {
            { Group: "apps", Kind: "Deployment" } => "paused",
            { Group: "batch", Kind: "CronJob" or "Job" } => "suspend",
            _ => throw new FaultException(FaultPhase.Invalid, $"a {before.Kind} cannot be suspended", "Deployments (their rollout), CronJobs and Jobs can."),
        };
        var isSo = before.SpecJson.TryGetMember(field, out var value) && value.AsBoolean();
        return isSo == suspend ? null : Nested(suspend, "spec", field);
    });

    /// <summary>A Job as a CronJob would make it now, as <c>kubectl create job --from</c> does.</summary>
    /// <param name="cronJob">The CronJob.</param>
    /// <param name="name">The Job's name.</param>
    public static JsonObject JobOf(KubeObject cronJob, string name)
    {
        var template = JsonNode.Parse(cronJob.SpecJson["jobTemplate"u8].Raw.ToArray()) as JsonObject
            ?? throw new FaultException(FaultPhase.Invalid, $"the {cronJob.Kind} {cronJob.Name} has no jobTemplate", "Name a CronJob.");
        var annotations = new JsonObject { ["cronjob.kubernetes.io/instantiate"] = "manual" };
        foreach (var (key, value) in template["metadata"]?["annotations"] as JsonObject ?? [])
            annotations[key] = value?.DeepClone();
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = cronJob.Namespace,
            ["annotations"] = annotations,
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = cronJob.ApiVersion,
                ["kind"] = cronJob.Kind,
                ["name"] = cronJob.Name,
                ["uid"] = cronJob.Uid,
                ["controller"] = true,
            }),
        };
        if (template["metadata"]?["labels"]?.DeepClone() is JsonObject labels)
            metadata["labels"] = labels;
        return new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = metadata, ["spec"] = template["spec"]?.DeepClone() };
    }

    private static JsonObject Nested(JsonNode? value, params string[] path) => new() { [path[0]] = path.Length == 1 ? value : Nested(value, path[1..]) };
}
