using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>One line of progress.</summary>
/// <param name="Activity">The command.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Percent">From 0 to 100, or -1 when nobody knows.</param>
/// <param name="Completed">True when the line goes away.</param>
internal sealed record ProgressUpdate(string Activity, string Status, int Percent, bool Completed)
{
    internal ProgressRecord ToRecord() => new(0, Activity, Status)
    {
        PercentComplete = Percent,
        RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };
}
