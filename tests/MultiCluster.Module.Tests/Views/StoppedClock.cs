namespace MultiCluster.Module.Tests.Views;

/// <summary>
/// A clock that stands still at the second in which it was made, in UTC, so that ages are always the same. What waits, waits as long as it
/// takes. It is no clock of another day, on which the servers' certificates would not be valid.
/// </summary>
internal sealed class StoppedClock : TimeProvider
{
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _now;
}
