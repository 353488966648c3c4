namespace MultiCluster.Attention;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>To be known.</summary>
    Info,

    /// <summary>To be looked at before it gets worse.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Error,
}
