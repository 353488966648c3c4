using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Waiting;

/// <summary>What came of waiting for an object.</summary>
/// <param name="Reference">Which object.</param>
/// <param name="Item">The object: as it was when what was waited for came to be, or as it was last; null when it was never seen.</param>
/// <param name="Fault">Why it did not come to be; null when it has.</param>
/// <param name="Elapsed">How long that took.</param>
internal sealed record WaitResult(ObjectReference Reference, KubeObject? Item, Fault? Fault, TimeSpan Elapsed)
{
    /// <summary>True when the object is as it was waited for.</summary>
    public bool Met => Fault is null;
}
