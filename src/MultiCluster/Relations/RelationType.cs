namespace MultiCluster.Relations;

/// <summary>How one object has to do with another.</summary>
public enum RelationType
{
    /// <summary>The other is deleted with it: owner references.</summary>
    Owns,

    /// <summary>Its selector fits the other: Services, NetworkPolicies and budgets.</summary>
    Selects,

    /// <summary>The other is a volume of its pods.</summary>
    Mounts,

    /// <summary>It cannot do without the other: environment, pull secrets, certificates, the node, the ServiceAccount.</summary>
    Uses,

    /// <summary>Requests go to the other: Ingresses, routes, EndpointSlices.</summary>
    Routes,

    /// <summary>It decides how many replicas the other has.</summary>
    Scales,

    /// <summary>It ties the other: a claim its volume, a binding its role and subjects.</summary>
    Binds,
}

/// <summary>Which relations are followed from an object.</summary>
public enum RelationDirection
{
    /// <summary>Those to what it owns, selects, mounts, uses, routes to, scales and binds.</summary>
    Forward,

    /// <summary>Those from what has to do with it.</summary>
    Back,

    /// <summary>Both, each from the object on in its own direction.</summary>
    Both,
}

/// <summary>What is known of an object that a relation leads to.</summary>
public enum RelationState
{
    /// <summary>It is there.</summary>
    Found,

    /// <summary>It is named, and is not there.</summary>
    Missing,

    /// <summary>It is named; whether it is there may not be read, or is not to be read.</summary>
    Unread,

    /// <summary>It is there, and what follows from it stands where it came first.</summary>
    Repeated,
}
