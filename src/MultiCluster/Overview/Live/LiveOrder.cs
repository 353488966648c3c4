namespace MultiCluster.Overview.Live;

/// <summary>By what the rows of the live table are sorted.</summary>
internal enum LiveOrder
{
    /// <summary>Clusters that do not answer, then those with most findings.</summary>
    Worst,

    /// <summary>Names.</summary>
    Name,

    /// <summary>The share of CPU that is requested, the largest first.</summary>
    Cpu,

    /// <summary>The share of memory that is requested, the largest first.</summary>
    Memory,
}
