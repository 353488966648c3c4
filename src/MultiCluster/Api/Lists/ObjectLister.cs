using System.Runtime.CompilerServices;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;

namespace MultiCluster.Api.Lists;

/// <summary>Lists and gets one cluster's objects. The next page is asked for while the present one is read.</summary>
internal sealed class ObjectLister(ApiClient client, ClusterIdentity cluster, TimeProvider time)
{
    /// <summary>The objects that fit <paramref name="query"/>, in the API's order, in the pieces in which they arrive.</summary>
    /// <exception cref="FaultException">The cluster fails; what had arrived has been handed out.</exception>
    public IAsyncEnumerable<IReadOnlyList<KubeObject>> ListAsync(
        ResourceKind kind, ListQuery query, CallContext call, CancellationToken cancellationToken) => ListAsync(kind, query, call, null, cancellationToken);

    /// <inheritdoc cref="ListAsync(ResourceKind, ListQuery, CallContext, CancellationToken)"/>
    /// <param name="kind">The kind.</param>
    /// <param name="query">Which of its objects.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="version">Is told the resourceVersion that the first page shows: a watch from there on misses nothing.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public async IAsyncEnumerable<IReadOnlyList<KubeObject>> ListAsync(
        ResourceKind kind, ListQuery query, CallContext call, Action<string?>? version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.First <= 0)
            yield break; // to the server a limit of 0 means everything
        var answer = new ListAnswer(cluster, kind, query.MetadataOnly, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = new ListPages(client, cluster, kind, query, call, stop.Token);
        try
        {
            pages.AskFirst();
            while (pages.HasNext)
            {
                var response = await pages.OpenAsync().ConfigureAwait(false);
                await using var open = response.ConfigureAwait(false);
                using var reader = new ListReader(response.Body);
                var items = new List<byte[]>();
                while (await pages.ReadAsync(reader, items).ConfigureAwait(false))
                {
                    var piece = answer.Objects(reader, items, pages.Left, out var failure);
                    items.Clear();
                    pages.Took(reader, piece.Count);
                    if (piece.Count > 0)
                        yield return piece;
                    if (failure is not null)
                        throw pages.Named(failure);
                    if (pages.Left <= 0)
                        yield break;
                }

                version?.Invoke(reader.Metadata.ResourceVersion);
                version = null;
                pages.End(reader);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pages.DropAsync().ConfigureAwait(false);
        }
    }

    /// <summary>One object by its exact name.</summary>
    /// <exception cref="FaultException">It is not there (NotFound), or the cluster fails.</exception>
    public Task<KubeObject> GetAsync(ResourceKind kind, string? ns, string name, bool metadataOnly, CallContext call, CancellationToken cancellationToken) => GetAsync(
        new ApiRequest(HttpMethod.Get, kind.Path(ns) + ListParameters.OfOne(kind, name, metadataOnly))
        {
            Operation = ObjectOperation.Get(kind, ns, name),
            Accept = ListAnswer.AcceptOne(kind, metadataOnly),
            Observer = call.Observer,
        },
        new ListAnswer(cluster, kind, metadataOnly, time).OneAsync,
        call,
        cancellationToken);

    /// <summary>One object as the server holds it, with all that its writers have recorded: for who changes it.</summary>
    /// <exception cref="FaultException">It is not there (NotFound), or the cluster fails.</exception>
    public Task<KubeObject> GetWholeAsync(ResourceKind kind, string? ns, string name, CallContext call, CancellationToken cancellationToken) => GetAsync(
        WholeRequest(kind, ns, name, call),
        new ListAnswer(cluster, kind, metadataOnly: false, time).WholeAsync,
        call,
        cancellationToken);

    /// <summary>As <see cref="GetWholeAsync"/>; null when it is not there.</summary>
    /// <exception cref="FaultException">The cluster fails, or does not serve the kind.</exception>
    public async Task<KubeObject?> FindWholeAsync(ResourceKind kind, string? ns, string name, CallContext call, CancellationToken cancellationToken)
    {
        var request = WholeRequest(kind, ns, name, call) with { TakesMissing = true };
        var response = await client.SendAsync(request, call.Timeouts, cancellationToken).ConfigureAwait(false);
        await using var _ = response.ConfigureAwait(false);
        if (response.Status != 404)
            return await ReadAsync(request, response, new ListAnswer(cluster, kind, metadataOnly: false, time).WholeAsync, cancellationToken).ConfigureAwait(false);
        var said = await AnswerCheck.ReadBeginningAsync(response.Body, cancellationToken).ConfigureAwait(false);
        var fault = StatusFaults.Of(404, null, response.ContentType, said, null, null);
        return fault.Phase == FaultPhase.NotFound ? null : throw new FaultException(fault with { Operation = request.Operation, Cluster = cluster });
    }

    private static ApiRequest WholeRequest(ResourceKind kind, string? ns, string name, CallContext call) =>
        new(HttpMethod.Get, $"{kind.Path(ns)}/{Uri.EscapeDataString(name)}") { Operation = ObjectOperation.Get(kind, ns, name), Observer = call.Observer };

    private async Task<KubeObject> GetAsync(
        ApiRequest request, Func<Stream, CancellationToken, Task<KubeObject>> read, CallContext call, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(request, call.Timeouts, cancellationToken).ConfigureAwait(false);
        await using var _ = response.ConfigureAwait(false);
        return await ReadAsync(request, response, read, cancellationToken).ConfigureAwait(false);
    }

    private async Task<KubeObject> ReadAsync(
        ApiRequest request, ApiResponse response, Func<Stream, CancellationToken, Task<KubeObject>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(response.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Operation is null)
        {
            throw new FaultException(e.Fault with { Operation = request.Operation, Cluster = cluster });
        }
    }
}
