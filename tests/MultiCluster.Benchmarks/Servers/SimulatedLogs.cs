using MultiCluster.Sandbox;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>Pods of one container each whose logs grow when they are told to.</summary>
internal sealed class SimulatedLogs
{
    private readonly IReadOnlyList<SimulatedCluster> _clusters;
    private readonly int _pods;

    /// <summary>Makes the pods; they write nothing yet.</summary>
    public SimulatedLogs(IReadOnlyList<SimulatedCluster> clusters, int pods)
    {
        _clusters = clusters;
        _pods = pods;
        foreach (var cluster in clusters)
        {
            cluster.Logs.LinesPerSecond = 0;
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"worker"}}""");
            for (var i = 0; i < pods; i++)
            {
                cluster.Store.Add($$"""
                    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{Pod(i)}}","namespace":"default"},
                     "spec":{"nodeName":"worker","containers":[ {"name":"app-{{i}}"} ]},"status":{"phase":"Running"} }
                    """);
                cluster.Logs.Start("default", Pod(i), $"app-{i}");
            }
        }
    }

    /// <summary>The name of a pod; its container is <c>app-</c> and the number, so that each says something else.</summary>
    public static string Pod(int number) => $"writer-{number}";

    /// <summary>Has each container write so many lines a second from now on.</summary>
    public void Write(int linesPerSecond)
    {
        foreach (var cluster in _clusters)
        {
            for (var i = 0; i < _pods; i++)
                cluster.Logs.Of("default", Pod(i), $"app-{i}").LinesPerSecond = linesPerSecond;
        }
    }

    /// <summary>How many lines each container of a cluster has written.</summary>
    public IReadOnlyList<long> Lines(SimulatedCluster cluster) => [.. Enumerable.Range(0, _pods).Select(i => cluster.Logs.Of("default", Pod(i), $"app-{i}").Generated)];
}
