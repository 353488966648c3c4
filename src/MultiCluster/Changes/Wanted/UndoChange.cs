using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Workloads;

namespace MultiCluster.Changes.Wanted;

/// <summary>Rollbacks: a workload gets the template of one of its revisions again, as <c>kubectl rollout undo</c> gives it. One for the whole call.</summary>
/// <param name="revision">The revision; null for the one before the present one.</param>
internal sealed class UndoChange(long? revision)
{
    private const string ChangeCause = "kubernetes.io/change-cause";

    /// <summary>What keeps the revisions, listed once for each cluster, kind and namespace.</summary>
    private readonly ConcurrentDictionary<(string ClusterId, string Kind, string? Namespace), Lazy<Task<IReadOnlyList<KubeObject>>>> _kept = new();
    private readonly ConcurrentDictionary<string, KubeRolloutRevision> _chosen = new(StringComparer.Ordinal);

    /// <summary>The rollback of one workload.</summary>
    public ObjectChange Of(ChangeTarget target) => PatchChange.Operations(target, "Undo", Operations) with { Check = ChooseAsync };

    private async Task ChooseAsync(ClusterConnection connection, KubeObject workload, CallContext call, CancellationToken cancellationToken)
    {
        if (workload.Source.Kind is not { Group: "apps", Kind: "Deployment" or "StatefulSet" or "DaemonSet" })
            throw new FaultException(FaultPhase.Invalid, $"a {workload.Kind} has no revisions", "Deployments, StatefulSets and DaemonSets have.");
        if (workload.SpecJson["paused"u8].AsBoolean())
            throw new FaultException(FaultPhase.Invalid, "it is paused, and rolls nothing out", "Resume-KubeWorkload it first.");
        var keeper = workload.Kind == "Deployment" ? "replicasets.apps" : "controllerrevisions.apps";
        var kept = await _kept.GetOrAdd((connection.Identity.ClusterId, keeper, workload.Namespace), _ => new(() => ListAsync(connection, keeper, workload.Namespace, call, cancellationToken))).Value.ConfigureAwait(false);
        var history = RolloutHistory.Of(workload, kept);
        _chosen[workload.Uid ?? ""] = (revision is { } wanted ? history.FirstOrDefault(one => one.Revision == wanted) : history.Where(static one => !one.Current).MaxBy(static one => one.Revision))
            ?? throw new FaultException(
                FaultPhase.NotFound,
                revision is null ? "there is no revision before the present one" : string.Create(CultureInfo.InvariantCulture, $"there is no revision {revision}"),
                history.Count == 0 ? "Get-KubeRollout -History shows what is kept." : $"There is {NameList.Of([.. history.Select(static one => one.Revision.ToString(CultureInfo.InvariantCulture))])}; Get-KubeRollout -History shows them.");
    }

    private static async Task<IReadOnlyList<KubeObject>> ListAsync(ClusterConnection connection, string text, string? ns, CallContext call, CancellationToken cancellationToken)
    {
        var kept = new List<KubeObject>();
        var kind = await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
        await foreach (var piece in connection.Session.Objects.ListAsync(kind, new ListQuery { Namespace = ns }, call, cancellationToken).ConfigureAwait(false))
            kept.AddRange(piece);
        return kept;
    }

    private JsonArray Operations(KubeObject workload)
    {
        var chosen = _chosen[workload.Uid ?? ""];
        if (chosen.Current)
            return [];
        var template = (JsonObject)JsonNode.Parse(chosen.TemplateJson.Raw.ToArray())!;
        template.Remove("$patch"); // a ControllerRevision keeps its template as a strategic merge patch
        if (template["metadata"]?["labels"] is JsonObject labels)
            labels.Remove("pod-template-hash");
        var operations = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/spec/template", ["value"] = template });
        if (chosen.ChangeCause is { } cause)
        {
            if (!workload.AnnotationsJson.Exists)
                operations.Add(new JsonObject { ["op"] = "add", ["path"] = "/metadata/annotations", ["value"] = new JsonObject() });
            operations.Add(new JsonObject { ["op"] = "add", ["path"] = $"/metadata/annotations/{ChangeCause.Replace("/", "~1", StringComparison.Ordinal)}", ["value"] = cause });
        }

        return operations;
    }
}
