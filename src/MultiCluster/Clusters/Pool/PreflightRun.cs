namespace MultiCluster.Clusters;

/// <summary>Contacts many clusters afresh, selected or not.</summary>
internal sealed class PreflightRun(ClusterPool pool, TimeSpan silence, int throttleLimit)
{
    private int _done;

    /// <summary>Clusters that are done.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>What was found, in the order of <paramref name="clusters"/>. A problem is data, not an exception.</summary>
    public async Task<IReadOnlyList<ClusterPreflight>> RunAsync(IReadOnlyList<KubeCluster> clusters, CancellationToken cancellationToken)
    {
        var results = new ClusterPreflight[clusters.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, clusters.Count), options, async (i, stop) =>
        {
            results[i] = await TestAsync(clusters[i], stop).ConfigureAwait(false);
            Interlocked.Increment(ref _done);
        }).ConfigureAwait(false);
        return results;
    }

    private async Task<ClusterPreflight> TestAsync(KubeCluster cluster, CancellationToken cancellationToken)
    {
        if (cluster is { Selected: true, Connection: { } connection })
            return await connection.TestAsync(silence, cancellationToken).ConfigureAwait(false);
        var passing = pool.Connect(cluster);
        await using var _ = passing.ConfigureAwait(false);
        return await passing.TestAsync(silence, cancellationToken).ConfigureAwait(false);
    }
}
