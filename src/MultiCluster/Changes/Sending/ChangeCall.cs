using System.Globalization;

namespace MultiCluster.Changes.Sending;

/// <summary>
/// What the clusters of one call share: whose turn it is, and whether further ones are begun. A batch of clusters is begun when the one
/// before has ended, nothing speaks against it, and the health check says yes.
/// </summary>
internal sealed class ChangeCall
{
    private readonly ChangeOptions _options;
    private readonly Func<IReadOnlyList<KubeApplyResult>, CancellationToken, Task<bool>>? _healthCheck;
    private readonly Dictionary<string, Batch> _batches = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _failures;
    private string? _noMore;

    /// <param name="clusters">The ids of the clusters, in their order.</param>
    /// <param name="options">How the call changes them.</param>
    /// <param name="healthCheck">Asked after each batch with its results; false, or an exception, begins no more. Null: no check.</param>
    public ChangeCall(IReadOnlyList<string> clusters, ChangeOptions options, Func<IReadOnlyList<KubeApplyResult>, CancellationToken, Task<bool>>? healthCheck)
    {
        _options = options;
        _healthCheck = healthCheck;
        Batch? before = null;
        var last = 0;
        foreach (var ids in clusters.Chunk(Math.Max(1, options.ClusterBatch ?? clusters.Count)))
        {
            last += ids.Length;
            var batch = new Batch(ids, $"cluster {last} of {clusters.Count}");
            if (before is null)
                batch.MayBegin.SetResult();
            else
                before.Next = batch;
            foreach (var id in ids)
                _batches[id] = batch;
            before = batch;
        }
    }

    /// <summary>Waits for a cluster's turn; why it is not begun, or null when it is.</summary>
    public async Task<string?> TurnAsync(string cluster, CancellationToken cancellationToken)
    {
        await _batches[cluster].MayBegin.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
            return _noMore;
    }

    /// <summary>A cluster is done. The last one of its batch asks the health check whether more may follow.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="results">What became of its objects.</param>
    /// <param name="failed">Whether it failed as a whole.</param>
    /// <param name="cancellationToken">Ends the health check.</param>
    public async Task EndedAsync(string cluster, IReadOnlyCollection<KubeApplyResult> results, bool failed, CancellationToken cancellationToken)
    {
        var batch = _batches[cluster];
        lock (_gate)
        {
            if (!batch.Left.Remove(cluster))
                return;
            batch.Results.AddRange(results);
            if ((failed || results.Any(static result => result.HasFailed)) && ++_failures >= _options.MaxFailure)
                _noMore ??= string.Create(CultureInfo.InvariantCulture, $"{_failures} cluster{(_failures == 1 ? " has" : "s have")} failed (-MaxFailure {_options.MaxFailure}).");
            if (batch.Left.Count > 0)
                return;
        }

        await CheckAsync(batch, cancellationToken).ConfigureAwait(false);
        batch.Next?.MayBegin.TrySetResult();
    }

    private async Task CheckAsync(Batch batch, CancellationToken cancellationToken)
    {
        if (_healthCheck is null || _noMore is not null || batch.Next is null || batch.Results.TrueForAll(static result => result.Outcome is ChangeOutcome.Skipped or ChangeOutcome.Cancelled))
            return;
        try
        {
            if (!await _healthCheck(batch.Results, cancellationToken).ConfigureAwait(false))
                Stop($"The health check after {batch.End} said no.");
        }
        catch (Exception e)
        {
            Stop(cancellationToken.IsCancellationRequested ? "The call was stopped." : $"The health check after {batch.End} failed: {e.Message.TrimEnd('.')}.");
        }
    }

    private void Stop(string reason)
    {
        lock (_gate)
            _noMore ??= reason;
    }

    /// <param name="clusters">The ids of its clusters.</param>
    /// <param name="end">Where it ends, in words: names of clusters may be long.</param>
    private sealed class Batch(IReadOnlyList<string> clusters, string end)
    {
        public TaskCompletionSource MayBegin { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HashSet<string> Left { get; } = new(clusters, StringComparer.Ordinal);

        public List<KubeApplyResult> Results { get; } = [];

        public Batch? Next { get; set; }

        public string End => end;
    }
}
