namespace MultiCluster.Nodes.Draining;

/// <summary>How far a pod is.</summary>
internal enum PodStage
{
    /// <summary>It is to be asked, now or after a pause.</summary>
    Due,

    /// <summary>It is being asked.</summary>
    Asking,

    /// <summary>It is ending.</summary>
    Leaving,

    /// <summary>It has gone.</summary>
    Gone,

    /// <summary>It is left where it is.</summary>
    Stays,

    /// <summary>It may not go.</summary>
    Blocked,

    /// <summary>It cannot be made to go.</summary>
    Failed,
}

/// <summary>A pod in the course of its node's drain.</summary>
internal sealed class DrainedPod(KubeDrainPod plan)
{
    /// <summary>What was decided about it.</summary>
    public KubeDrainPod Plan => plan;

    public PodStage Stage { get; set; }

    /// <summary>When it is asked, or asked again.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When it should have ended, once it has been told to.</summary>
    public DateTimeOffset? Deletion { get; set; }

    /// <summary>What keeps it, in words; null when nothing is known to.</summary>
    public string? Waits { get; set; }

    /// <summary>The pod with what keeps it.</summary>
    public override string ToString() => Waits is null ? plan.ToString() : $"{plan} ({Waits})";
}
