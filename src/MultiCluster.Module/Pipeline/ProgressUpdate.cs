using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>One line of progress.</summary>
/// <param name="Activity">The command.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Percent">From 0 to 100, or -1 when nobody knows.</param>
/// <param name="Completed">True when the line goes away.</param>
/// <param name="Part">Its number among the call's lines: 0 for the call itself, the others stand below it.</param>
internal sealed record ProgressUpdate(string Activity, string Status, int Percent, bool Completed, int Part = 0)
{
    internal ProgressRecord ToRecord() => new(Part, Activity, Status)
    {
        ParentActivityId = Part == 0 ? -1 : 0,
        PercentComplete = Percent,
        RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };
}
