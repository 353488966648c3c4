namespace MultiCluster.Picking;

/// <summary>What a key did to the picking as a whole.</summary>
internal enum PickOutcome
{
    /// <summary>It goes on.</summary>
    Continue,

    /// <summary>The ticked items are what the user wants.</summary>
    Accepted,

    /// <summary>The user wants nothing changed.</summary>
    Cancelled,
}
