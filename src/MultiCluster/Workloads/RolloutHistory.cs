using System.Globalization;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Workloads;

/// <summary>
/// The revisions of a workload: a Deployment keeps each in a ReplicaSet, StatefulSets and DaemonSets keep theirs in ControllerRevisions, which hold the
/// template as a patch.
/// </summary>
internal static class RolloutHistory
{
    /// <summary>The number of a Deployment's current revision; null while it has none, and for other kinds, which do not say.</summary>
    public static long? RevisionOf(KubeObject deployment) => Number(deployment);

    /// <summary>Why an object is as it is, as whoever changed it has noted; null when nobody has.</summary>
    public static string? ChangeCauseOf(KubeObject item) => item.AnnotationsJson["kubernetes.io/change-cause"u8].AsText();

    /// <summary>The revisions, the oldest first.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="kept">ReplicaSets or ControllerRevisions of its namespace; those that others own are passed over.</param>
    public static IReadOnlyList<KubeRolloutRevision> Of(KubeObject workload, IEnumerable<KubeObject> kept)
    {
        var found = kept.Where(one => one.Namespace == workload.Namespace && IsOwned(one, workload.Uid))
            .Select(one => (Item: one, Number: Number(one))).Where(static one => one.Number is not null).OrderBy(static one => one.Number).ToList();
        var current = CurrentOf(workload, found);
        return [.. found.Select(one => new KubeRolloutRevision(workload, one.Item, one.Number!.Value, TemplateOf(one.Item)) { Current = one.Item == current })];
    }

    private static KubeObject? CurrentOf(KubeObject workload, List<(KubeObject Item, long? Number)> found)
    {
        if (found.Count == 0)
            return null;
        if (workload.Kind == "Deployment" && Number(workload) is { } number)
            return found.Find(one => one.Number == number).Item;

        // A DaemonSet does not say which: a template that comes back gets the highest number, too.
        return workload.StatusJson["updateRevision"u8].AsText() is { } name && found.Find(one => one.Item.Name == name).Item is { } named ? named : found[^1].Item;
    }

    private static JsonSlice TemplateOf(KubeObject kept) => kept.Kind == "ControllerRevision" ? kept.Root["data"u8]["spec"u8]["template"u8] : kept.SpecJson["template"u8];

    private static long? Number(KubeObject item) => item.Kind == "ControllerRevision" ? item.Root["revision"u8].AsInt64()
        : long.TryParse(item.AnnotationsJson["deployment.kubernetes.io/revision"u8].AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    private static bool IsOwned(KubeObject item, string? uid)
    {
        foreach (var owner in item.OwnersJson.Elements)
        {
            if (owner["controller"u8].AsBoolean() && owner["uid"u8].AsText() == uid)
                return true;
        }

        return false;
    }
}
