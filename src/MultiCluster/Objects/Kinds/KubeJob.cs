using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Job, with the columns of <c>kubectl get jobs</c>.</summary>
[Kind("batch", "Job")]
public sealed class KubeJob : KubeWorkload
{
    internal KubeJob(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>
    /// kubectl's STATUS: <c>Complete</c>, <c>Failed</c>, <c>Terminating</c>, <c>Suspended</c>, <c>FailureTarget</c>,
    /// <c>SuccessCriteriaMet</c> or <c>Running</c>.
    /// </summary>
    [Column(Most = 9, Toned = true)]
    public string State
    {
        get
        {
            var status = StatusJson;
            return status.HasCondition("Complete"u8) ? "Complete"
                : status.HasCondition("Failed"u8) ? "Failed"
                : IsDeleted ? "Terminating"
                : status.HasCondition("Suspended"u8) ? "Suspended"
                : status.HasCondition("FailureTarget"u8) ? "FailureTarget"
                : status.HasCondition("SuccessCriteriaMet"u8) ? "SuccessCriteriaMet"
                : "Running";
        }
    }

    /// <summary>Succeeded and wanted pods: <c>1/3</c>, or <c>0/1 of 4</c> when 4 work on one completion.</summary>
    [Column]
    public string Completions
    {
        get
        {
            var wanted = SpecJson["completions"u8];
            if (wanted.Exists)
                return $"{Succeeded}/{wanted.AsInt32()}";
            var parallelism = SpecJson["parallelism"u8].AsInt32();
            return parallelism > 1 ? $"{Succeeded}/1 of {parallelism}" : $"{Succeeded}/1";
        }
    }

    /// <summary>Pods that succeeded.</summary>
    public int Succeeded => StatusJson["succeeded"u8].AsInt32();

    /// <summary>Pods that failed.</summary>
    public int Failed => StatusJson["failed"u8].AsInt32();

    /// <summary>Pods that run or wait.</summary>
    public int Active => StatusJson["active"u8].AsInt32();

    /// <summary>When it started, in local time; null until it has.</summary>
    [Column("Duration", Age = true, Until = nameof(CompletionTime))]
    [ListItem]
    [ListItem("Duration", Age = true, Until = nameof(CompletionTime))]
    public DateTime? StartTime => StatusJson["startTime"u8].AsLocalTime();

    /// <summary>When it was complete, in local time; null until it is.</summary>
    [ListItem]
    public DateTime? CompletionTime => StatusJson["completionTime"u8].AsLocalTime();
}
