using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A CronJob, with the columns of <c>kubectl get cronjobs</c>.</summary>
[Kind("batch", "CronJob")]
public sealed class KubeCronJob : KubeWorkload
{
    internal KubeCronJob(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The schedule: <c>*/5 * * * *</c>.</summary>
    [Column(Most = 10)]
    public string? Schedule => SpecJson["schedule"u8].AsText();

    /// <summary>The schedule's time zone; null means that of the cluster's controller.</summary>
    [Column(Wide = true)]
    public string? TimeZone => SpecJson["timeZone"u8].AsText();

    /// <summary>True while it starts no jobs.</summary>
    [Column]
    public bool Suspend => SpecJson["suspend"u8].AsBoolean();

    /// <summary>Jobs that run.</summary>
    [Column]
    public int Active => StatusJson["active"u8].Count();

    /// <summary>When it last started a job, in local time.</summary>
    [Column("Last", Age = true)]
    [ListItem]
    public DateTime? LastScheduleTime => StatusJson["lastScheduleTime"u8].AsLocalTime();

    private protected override JsonSlice WorkloadSpec => SpecJson["jobTemplate"u8]["spec"u8];
}
