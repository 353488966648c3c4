namespace MultiCluster.Sandbox.Changes;

/// <summary>What a <see cref="Churn"/> writes.</summary>
public sealed record ChurnOptions
{
    /// <summary>Creates, updates and deletes per second; 20 by default.</summary>
    public double WritesPerSecond { get; init; } = 20;

    /// <summary>How many of the writes are to core/v1 Events, from 0 to 1; the rest are to pods. None by default.</summary>
    public double Events { get; init; }

    /// <summary>How many pods, and how many Events, there are at most at a time; 50 by default.</summary>
    public int Objects { get; init; } = 50;

    /// <summary>The namespace written to, which must be there; <c>default</c> by default.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>What the names of the pods begin with; <c>churn</c> by default.</summary>
    public string PodName { get; init; } = "churn";

    /// <summary>After how many writes to stop; null to go on until it is disposed.</summary>
    public long? Writes { get; init; }

    /// <summary>Makes a run repeatable.</summary>
    public int Seed { get; init; } = 1;
}
