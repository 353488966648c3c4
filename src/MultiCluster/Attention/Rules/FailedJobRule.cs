using MultiCluster.Inventory;
using MultiCluster.Objects;

namespace MultiCluster.Attention.Rules;

/// <summary>Jobs that have failed. One of a CronJob whose later Job has succeeded is past.</summary>
internal sealed class FailedJobRule() : AttentionRule("FailedJob", "a Job has failed")
{
    private readonly List<(FindingSubject Job, string? CronJob, DateTimeOffset? Created, DateTimeOffset? Since, string Reason)> _failed = [];
    private readonly Dictionary<string, DateTimeOffset> _succeeded = new(StringComparer.Ordinal);

    public override IReadOnlyList<InventoryKind> Kinds => [new("jobs")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        if (item is not KubeJob job || job.IsDeleted)
            return;
        var created = ContainerEnd.CreatedAt(job);
        var owner = CronJobOf(job);
        var failed = job.StatusJson["conditions"u8].OfType("Failed"u8);
        if (failed["status"u8].Is("True"u8))
            _failed.Add((FindingSubject.Of(job), owner, created, failed["lastTransitionTime"u8].AsTime(), Sentence.Of($"Has failed: {failed["message"u8].AsText() ?? failed["reason"u8].AsText() ?? "it does not say why"}")));
        else if (owner is not null && created is { } then && job.StatusJson.HasCondition("Complete"u8) && (!_succeeded.TryGetValue(owner, out var last) || then > last))
            _succeeded[owner] = then;
    }

    public override void Conclude(AttentionScan scan)
    {
        foreach (var (job, owner, created, since, reason) in _failed)
        {
            if (owner is null || !_succeeded.TryGetValue(owner, out var later) || later < created)
                scan.Add(this, FindingSeverity.Error, job, since, reason);
        }
    }

    private static string? CronJobOf(KubeJob job)
    {
        foreach (var owner in job.OwnersJson.Elements)
        {
            if (owner["controller"u8].AsBoolean() && owner["kind"u8].Is("CronJob"u8))
                return $"{job.Namespace}/{owner["name"u8].AsString()}";
        }

        return null;
    }
}
