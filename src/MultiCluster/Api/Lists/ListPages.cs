using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;

namespace MultiCluster.Api.Lists;

/// <summary>Asks for the pages of one list, one ahead of the page that is being read.</summary>
internal sealed class ListPages(
    ApiClient client, ClusterIdentity cluster, ResourceKind kind, ListQuery query, CallContext call, CancellationToken cancellationToken)
{
    private readonly string _operation =
        query.Name is null ? ObjectOperation.List(kind, query.Namespace) : ObjectOperation.Get(kind, query.Namespace, query.Name);

    /// <summary>
    /// Pages in a row that bring nothing and lead on. Servers fill their pages before they answer; where selectors are applied later, some may
    /// be empty.
    /// </summary>
    private const int MostEmptyPages = 1000;

    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private Task<ApiResponse>? _next;
    private long _objects;
    private long _bytes;
    private int _emptyPages;
    private bool _said;

    /// <summary>Objects still wanted, or null for all.</summary>
    public int? Left { get; private set; } = query.First;

    /// <summary>True while another page has been asked for.</summary>
    public bool HasNext => _next is not null;

    /// <summary>Asks for the first page.</summary>
    public void AskFirst() => _next = SendAsync(PageSize.ForFirst(Left), null);

    /// <summary>Waits for the page that was asked for. A token that has expired is replaced by the fresh, inconsistent one that the 410 carries.</summary>
    public async Task<ApiResponse> OpenAsync()
    {
        var page = _next!;
        _next = null;
        try
        {
            return await page.ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault is { HttpStatus: 410, Continue: { } fresh })
        {
            if (!_said)
                call.Say?.Invoke($"The list of {kind.Plural} took longer than the server keeps its versions; the rest shows a later version.");
            _said = true;
            return await SendAsync(PageSize.Next(_objects, _bytes, Left), fresh).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="ListReader.ReadAsync"/>; its faults say what was tried.</summary>
    public async ValueTask<bool> ReadAsync(ListReader reader, List<byte[]> items)
    {
        try
        {
            return await reader.ReadAsync(items, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e) when (e.Fault.Operation is null)
        {
            throw Named(e);
        }
    }

    /// <summary>Counts what was read, and asks for the next page as soon as its token is known.</summary>
    public void Took(ListReader reader, int objects)
    {
        _objects += objects;
        Left -= objects;
        if (Left is null)
            AskAfter(reader, reader.ItemBytes);
    }

    /// <summary>The page has been read: asks for the next one where that has not been done.</summary>
    public void End(ListReader reader)
    {
        _emptyPages = reader.ItemBytes == 0 ? _emptyPages + 1 : 0;
        AskAfter(reader, reader.ItemBytes);
        _bytes += reader.ItemBytes;
    }

    /// <summary>Gives up the page that nobody wants any more. What is cancelled must have been cancelled before.</summary>
    public async Task DropAsync()
    {
        if (_next is not { } page)
            return;
        try
        {
            var response = await page.ConfigureAwait(false);
            await response.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or FaultException or ObjectDisposedException)
        {
            // Nobody wants it any more.
        }
    }

    /// <summary><paramref name="fault"/> with the cluster and what was tried.</summary>
    public FaultException Named(FaultException fault) => new(fault.Fault with { Operation = _operation, Cluster = cluster });

    private void AskAfter(ListReader reader, long bytes)
    {
        if (_next is null && reader.Metadata.Continue is { } token)
            _next = Endless(token) is { } endless ? Task.FromException<ApiResponse>(Named(endless)) : SendAsync(PageSize.Next(_objects, _bytes + bytes, Left), token);
    }

    /// <summary>Why the page of a token is not asked for: the same pages for ever would be a list without an end.</summary>
    private FaultException? Endless(string token)
    {
        var detail = !_tokens.Add(token) ? "a page of the list leads to itself, or to one before it (its continue token has been used)"
            : _emptyPages >= MostEmptyPages ? $"the list leads from one empty page to the next ({MostEmptyPages} in a row)"
            : null;
        return detail is null ? null : new FaultException(
            FaultPhase.Decode,
            detail,
            "Check that the address in the kubeconfig is a Kubernetes API server, and whether a proxy between here and the cluster keeps its answers.");
    }

    private Task<ApiResponse> SendAsync(int limit, string? token)
    {
        var request = new ApiRequest(HttpMethod.Get, kind.Path(query.Namespace) + ListParameters.Of(kind, query, limit, token))
        {
            Operation = _operation,
            Accept = ListAnswer.AcceptList(kind, query.MetadataOnly),
            Observer = call.Observer,
            Compress = client.PrefersGzip,
        };
        return client.SendAsync(request, call.Timeouts, cancellationToken);
    }
}
