using System.Runtime.CompilerServices;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Resources.Lists;

/// <summary>Lists and gets one cluster's objects. The next page is asked for while the present one is read.</summary>
internal sealed class ObjectLister(ApiClient client, ClusterIdentity cluster, TimeProvider time)
{
    /// <summary>The objects that fit <paramref name="query"/>, in the API's order, in the pieces in which they arrive.</summary>
    /// <exception cref="FaultException">The cluster fails; what had arrived has been handed out.</exception>
    public async IAsyncEnumerable<IReadOnlyList<KubeObject>> ListAsync(
        ResourceKind kind, ListQuery query, CallContext call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = new ListAnswer(cluster, kind, query.MetadataOnly, time);
        long objects = 0, bytes = 0;
        var left = query.First;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var page = SendAsync(kind, query, PageSize.ForFirst(left), null, call, stop.Token);
        try
        {
            while (page is not null)
            {
                var response = await OpenAsync(page, kind, query, left, call, stop.Token).ConfigureAwait(false);
                await using var open = response.ConfigureAwait(false);
                page = null;
                using var reader = new ListReader(response.Body);
                var items = new List<byte[]>();
                while (await reader.ReadAsync(items, stop.Token).ConfigureAwait(false))
                {
                    var piece = answer.Objects(reader, items, left);
                    objects += piece.Count;
                    items.Clear();
                    left -= piece.Count;
                    if (page is null && left is null && reader.Metadata.Continue is { } ahead)
                        page = SendAsync(kind, query, PageSize.Next(objects, bytes + reader.ItemBytes, null), ahead, call, stop.Token);
                    yield return piece;
                    if (left <= 0)
                        yield break;
                }

                bytes += reader.ItemBytes;
                if (page is null && reader.Metadata.Continue is { } next)
                    page = SendAsync(kind, query, PageSize.Next(objects, bytes, left), next, call, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await DropAsync(page).ConfigureAwait(false);
        }
    }

    /// <summary>One object by its exact name.</summary>
    /// <exception cref="FaultException">It is not there (NotFound), or the cluster fails.</exception>
    public async Task<KubeObject> GetAsync(
        ResourceKind kind, string? ns, string name, bool metadataOnly, CallContext call, CancellationToken cancellationToken)
    {
        var where = kind.Namespaced && ns is not null ? $" in namespace {ns}" : "";
        var request = new ApiRequest(HttpMethod.Get, kind.Path(ns) + ListParameters.OfOne(kind, name, metadataOnly))
        {
            Operation = $"get {kind.Singular} {name}{where}",
            Accept = ListAnswer.AcceptOne(kind, metadataOnly),
            Observer = call.Observer,
        };
        var response = await client.SendAsync(request, call.Timeouts, cancellationToken).ConfigureAwait(false);
        await using var _ = response.ConfigureAwait(false);
        return await new ListAnswer(cluster, kind, metadataOnly, time).OneAsync(response.Body, cancellationToken).ConfigureAwait(false);
    }

    private Task<ApiResponse> SendAsync(
        ResourceKind kind, ListQuery query, int limit, string? token, CallContext call, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, kind.Path(query.Namespace) + ListParameters.Of(kind, query, limit, token))
        {
            Operation = $"list {kind.Plural}" + (kind.Namespaced ? query.Namespace is null ? " in all namespaces" : $" in namespace {query.Namespace}" : ""),
            Accept = ListAnswer.AcceptList(kind, query.MetadataOnly),
            Observer = call.Observer,
        };
        return client.SendAsync(request, call.Timeouts, cancellationToken);
    }

    /// <summary>Waits for a page. A token that has expired is replaced by the fresh, inconsistent one that the 410 carries.</summary>
    private async Task<ApiResponse> OpenAsync(
        Task<ApiResponse> page, ResourceKind kind, ListQuery query, int? left, CallContext call, CancellationToken cancellationToken)
    {
        try
        {
            return await page.ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault is { HttpStatus: 410, Continue: { } fresh })
        {
            call.Say?.Invoke($"The list of {kind.Plural} took longer than the server keeps its versions; the rest shows a later version.");
            return await SendAsync(kind, query, PageSize.Next(0, 0, left), fresh, call, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DropAsync(Task<ApiResponse>? page)
    {
        if (page is null)
            return;
        try
        {
            var response = await page.ConfigureAwait(false);
            await response.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or FaultException)
        {
            // Nobody wants it any more.
        }
    }
}
