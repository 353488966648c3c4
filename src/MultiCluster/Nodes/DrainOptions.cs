namespace MultiCluster.Nodes;

/// <summary>How nodes are drained. The defaults are kubectl's, but for <see cref="NodeTimeout"/>, which kubectl does not have.</summary>
public sealed record DrainOptions
{
    /// <summary>Leave the pods of DaemonSets where they are; without it they block.</summary>
    public bool IgnoreDaemonSet { get; init; }

    /// <summary>Let pods go whose emptyDir volumes lose their data; without it they block.</summary>
    public bool DeleteEmptyDirData { get; init; }

    /// <summary>Let pods go that no controller brings back, and those whose DaemonSet is gone; without it they block.</summary>
    public bool Force { get; init; }

    /// <summary>Delete pods instead of evicting them: budgets are not asked.</summary>
    public bool DisableEviction { get; init; }

    /// <summary>Only pods with these labels go; the others stay. Null for all.</summary>
    public string? PodSelector { get; init; }

    /// <summary>Seconds that each pod has to end; 0 for at once, negative for its own. Default -1.</summary>
    public int GracePeriodSeconds { get; init; } = -1;

    /// <summary>A pod that has been terminating for longer is not waited for. Null or zero: every pod is waited for.</summary>
    public TimeSpan? SkipWaitForDelete { get; init; }

    /// <summary>How long one node may take, from its cordon on. Default 15 minutes; zero for ever.</summary>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many nodes of one cluster drain at once. Default 1.</summary>
    public IntOrPercent MaxUnavailable { get; init; } = IntOrPercent.One;

    /// <summary>How many clusters drain at once. Default 32.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>How many nodes of all clusters drain at once. Default 32.</summary>
    public int NodeThrottleLimit { get; init; } = 32;

    /// <summary>When so many nodes of all clusters have failed, no further one is started; null: all are.</summary>
    public int? MaxFailure { get; init; }

    /// <summary>Make a node schedulable again whose drain did not come to its end, when the drain had cordoned it.</summary>
    public bool UncordonOnFailure { get; init; }

    /// <summary>A node is done only when what owns its pods has as many ready ones as before.</summary>
    public bool WaitForReplacement { get; init; }

    /// <summary>Have the servers check everything and change nothing; nothing is waited for.</summary>
    public bool DryRun { get; init; }

    internal int? Grace => GracePeriodSeconds < 0 ? null : GracePeriodSeconds;
}
