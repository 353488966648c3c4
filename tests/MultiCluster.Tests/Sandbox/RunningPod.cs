namespace MultiCluster.Tests.Sandbox;

/// <summary>A pod that runs, in a cluster where nothing else is.</summary>
internal static class RunningPod
{
    /// <summary>Adds the pod <c>one</c> with its container <c>c</c>, and its node.</summary>
    public static void Add(OneCluster one)
    {
        one.Cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"} }""");
        one.Cluster.Store.Add("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{"nodeName":"node-1","containers":[{"name":"c","image":"i"}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"c","state":{"running":{"startedAt":"2026-01-01T00:00:00Z"} },"restartCount":0}]} }
            """);
    }
}
