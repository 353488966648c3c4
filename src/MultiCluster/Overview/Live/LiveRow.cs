namespace MultiCluster.Overview.Live;

/// <summary>A cluster in the live table.</summary>
/// <param name="ClusterId">Its id.</param>
/// <param name="Name">What the table calls it.</param>
/// <param name="Row">What it said last; null while it has said nothing.</param>
/// <param name="At">When that was.</param>
internal sealed record LiveRow(string ClusterId, string Name, KubeOverview? Row, DateTimeOffset At)
{
    /// <summary>True when it does not answer.</summary>
    public bool IsSilent => Row?.Fault is not null;
}
