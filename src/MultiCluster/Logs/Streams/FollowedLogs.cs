using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Logs.Streams;

/// <summary>Follows one cluster's logs: of the pods that are there and of those that come to fit, until none can come any more and all have ended.</summary>
internal sealed class FollowedLogs(LogCluster cluster)
{
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unlisted;
    private bool _waits;

    /// <summary>Follows until all have ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var pods = new FollowedPods(cluster);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var finding = FindAsync(pods, stop.Token);
        var telling = TellMissingAsync(pods, stop.Token);
        try
        {
            await Parallel.ForEachAsync(
                pods.Containers.ReadAllAsync(stop.Token),
                new ParallelOptions { MaxDegreeOfParallelism = int.MaxValue, CancellationToken = stop.Token },
                async (container, ended) => await container.RunAsync(ended).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await finding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what it threw has ended the containers' channel
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FindAsync(FollowedPods pods, CancellationToken cancellationToken)
    {
        try
        {
            var scopes = await ResolveAsync(pods, cancellationToken).ConfigureAwait(false);
            _unlisted = scopes.Count;
            _waits = scopes.Any(static scope => scope.Wanted.Count == 0); // a name that must be there and is not is an error
            if (scopes.Count == 0)
                Known();
            await EachAsync(scopes, (scope, stop) => FollowAsync(scope, pods, stop), cancellationToken).ConfigureAwait(false);
            pods.Complete();
        }
        catch (Exception e)
        {
            pods.Complete(e);
            throw;
        }
    }

    private async Task<IReadOnlyList<PodScope>> ResolveAsync(FollowedPods pods, CancellationToken cancellationToken)
    {
        var found = await cluster.PersistAsync(
            async () =>
            {
                using var turn = await cluster.Sink.TurnAsync(cancellationToken).ConfigureAwait(false);
                var scopes = new PodScopes(cluster, cancellationToken);
                await scopes.ResolveAsync().ConfigureAwait(false);
                return scopes;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var name in found.Named)
            await AddAsync(name, pods, cancellationToken).ConfigureAwait(false);
        return found.Scopes;
    }

    private async Task AddAsync(PodName name, FollowedPods pods, CancellationToken cancellationToken)
    {
        try
        {
            var pod = await cluster.PersistAsync(() => cluster.GetPodAsync(name.Namespace, name.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (name.Known is { } known && known.Uid != pod.Uid)
                throw new FaultException(LogFaults.Replaced(cluster.Connection.Identity, known));
            cluster.Targets.Found(1);
            pods.Put(pod, watched: false, initial: true);
        }
        catch (FaultException e) when (e.Fault.Phase is FaultPhase.NotFound or FaultPhase.Forbidden)
        {
            await cluster.FaultAsync(e.Fault, (object?)name.Known ?? name.Name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>It is known which pods there are to begin with.</summary>
    private void Known()
    {
        cluster.Share.Report();
        _known.TrySetResult();
    }

    /// <summary>Says once of what there is nothing to begin with: who waits for lines would wait for a mistyped name, too.</summary>
    private async Task TellMissingAsync(FollowedPods pods, CancellationToken cancellationToken)
    {
        await _known.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await cluster.TellMissingContainersAsync(pods.Present, cancellationToken).ConfigureAwait(false);
        await cluster.Call.Allotment.Settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_waits && cluster.Targets.Unfit is { } unfit)
            await cluster.Sink.RemarkAsync($"no pod fits {unfit} yet; those that come are followed", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Follows the pods of a scope as long as they can become more: those of a Job until it is done.</summary>
    private async Task FollowAsync(PodScope scope, FollowedPods pods, CancellationToken cancellationToken)
    {
        if (scope.Owner is not KubeJob job)
        {
            await WatchAsync(scope, pods, () => { }, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = WatchAsync(scope, pods, () => listed.TrySetResult(), stop.Token);
        await Task.WhenAny(watching, new JobEnd(cluster, job).WaitAsync(listed.Task, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watching.IsFaulted)
            await watching.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task WatchAsync(PodScope scope, FollowedPods pods, Action listed, CancellationToken cancellationToken)
    {
        var watch = new PodWatch(cluster, scope, pods);
        var told = false;
        void Listed()
        {
            // Said once: from now on the other clusters know what this one needs.
            if (told)
                return;
            told = true;
            listed();
            if (Interlocked.Decrement(ref _unlisted) == 0)
                Known();
        }

        var end = await watch.RunAsync(Listed, cancellationToken).ConfigureAwait(false);
        if (watch.WasListed || !PodFinder.FallsBack(scope, end.Fault))
        {
            if (!end.Told)
                await cluster.FaultAsync(end.Fault, null, cancellationToken).ConfigureAwait(false);
            Listed();
            return;
        }

        var allowed = await cluster.PersistAsync(() => cluster.Pods.AllowedAsync(end.Fault, cancellationToken), cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _unlisted, allowed.Count);
        Listed();
        await EachAsync([.. allowed.Select(scope.In)], (part, stop) => WatchAsync(part, pods, () => { }, stop), cancellationToken).ConfigureAwait(false);
    }

    private static Task EachAsync(IReadOnlyList<PodScope> scopes, Func<PodScope, CancellationToken, Task> follow, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        scopes,
        new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, scopes.Count), CancellationToken = cancellationToken },
        async (scope, stop) => await follow(scope, stop).ConfigureAwait(false));
}
