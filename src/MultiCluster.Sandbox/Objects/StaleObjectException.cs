namespace MultiCluster.Sandbox.Objects;

/// <summary>The object has another resourceVersion than the writer read.</summary>
internal sealed class StaleObjectException : Exception;
