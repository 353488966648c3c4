namespace MultiCluster.Sandbox.Objects;

/// <summary>What a server makes of a watch that asks for a streaming list (<c>sendInitialEvents</c>).</summary>
public enum StreamingList
{
    /// <summary>It is served: Kubernetes 1.32 and, since 1.34, every version by default.</summary>
    Served,

    /// <summary>422, because the feature is switched off: Kubernetes 1.27 to 1.31, and 1.33.</summary>
    Refused,

    /// <summary>422, because <c>resourceVersionMatch</c> is not for watches: Kubernetes 1.19 to 1.26.</summary>
    Unknown,

    /// <summary>An ordinary watch: Kubernetes before 1.19, which knows neither parameter.</summary>
    Ignored,
}
