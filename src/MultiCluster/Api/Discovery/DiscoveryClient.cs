using MultiCluster.Faults;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// Asks a cluster for all kinds it serves: two aggregated documents where the server has them (1.26 and later), else one document per
/// group version. A group version that fails is a notice; only when nothing can be had is it a fault.
/// </summary>
internal sealed class DiscoveryClient(IDiscoveryTransport transport, TimeProvider time)
{
    private const string Plain = "application/json";

    private const string Aggregated =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
        + Plain;

    private const int MaxParallel = 8;

    /// <summary>How long one group version may take: a hanging extension server must not hold up all others.</summary>
    private static readonly TimeSpan GroupBound = TimeSpan.FromSeconds(10);

    /// <summary>The kinds the cluster serves now.</summary>
    /// <exception cref="FaultException">Neither half of the API could be read.</exception>
    public async Task<DiscoverySnapshot> FetchAsync(CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow();
        using var places = new SemaphoreSlim(MaxParallel);
        var halves = await Task.WhenAll(
            ReadHalfAsync("/api", places, cancellationToken),
            ReadHalfAsync("/apis", places, cancellationToken)).ConfigureAwait(false);

        var all = new DiscoveryPart();
        foreach (var half in halves)
            all.Add(half);
        var failure = halves[0].Fault ?? halves[1].Fault;
        if (all.Kinds.Count == 0)
        {
            throw new FaultException(failure ?? new Fault
            {
                Phase = FaultPhase.Decode,
                Detail = "the server lists no kinds",
                Advice = "Check that the server's address is a Kubernetes API server.",
            });
        }

        return new() { Kinds = all.Kinds, Notices = all.Notices, FetchedAt = askedAt, Failure = failure };
    }

    private async Task<DiscoveryPart> ReadHalfAsync(string path, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        try
        {
            var (aggregated, groupVersions) = await ReadRootAsync(path, cancellationToken).ConfigureAwait(false);
            return aggregated ?? await ReadLegacyAsync(path, groupVersions, places, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException error)
        {
            return DiscoveryPart.Failed(path, error.Fault);
        }
    }

    private async Task<Root> ReadRootAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadRootAsync(path, Aggregated, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException error) when (error.Fault is { HttpStatus: 406 } or { Phase: FaultPhase.Decode })
        {
            // Some front ends know no negotiation, or cannot carry a document of that size.
            return await ReadRootAsync(path, Plain, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Root> ReadRootAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var answer = await transport.GetAsync(path, accept, cancellationToken).ConfigureAwait(false);
        return DiscoveryPart.Decode(path, answer, root => AggregatedDocument.Is(root)
            ? new Root(AggregatedDocument.Read(answer.Body), [])
            : LegacyDocuments.Roots(root) is { } groupVersions ? new Root(null, groupVersions) : null);
    }

    private async Task<DiscoveryPart> ReadLegacyAsync(
        string path,
        IReadOnlyList<GroupVersion> groupVersions,
        SemaphoreSlim places,
        CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(groupVersions.Select(one => ReadGroupVersionAsync(one, places, cancellationToken)))
            .ConfigureAwait(false);
        var faults = parts.Where(part => part.Fault is not null).ToList();
        if (faults.Count > 0 && faults.Count == parts.Length)
            return DiscoveryPart.Failed(path, faults[0].Fault!);
        var all = new DiscoveryPart();
        foreach (var part in parts)
            all.Add(part);
        return all;
    }

    private async Task<DiscoveryPart> ReadGroupVersionAsync(GroupVersion served, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var bound = new CancellationTokenSource(GroupBound, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
            var answer = await transport.GetAsync(served.Path, Plain, either.Token).ConfigureAwait(false);
            return DiscoveryPart.Decode(served.Path, answer, root => LegacyDocuments.Resources(root, served));
        }
        catch (FaultException error)
        {
            return DiscoveryPart.Failed(served.ToString(), error.Fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DiscoveryPart.Failed(served.ToString(), new Fault
            {
                Phase = FaultPhase.Timeout,
                Detail = $"no answer within {GroupBound.TotalSeconds:0} s",
            });
        }
        finally
        {
            places.Release();
        }
    }

    private sealed record Root(DiscoveryPart? Document, IReadOnlyList<GroupVersion> GroupVersions);
}
