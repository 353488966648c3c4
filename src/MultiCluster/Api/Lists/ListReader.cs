using System.Text;
using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Lists;

/// <summary>
/// Cuts a list into its items while it arrives. Each item is copied once, into bytes of its own, so that keeping one object
/// keeps nothing else alive; the buffer is rented and as large as the largest item.
/// </summary>
internal sealed class ListReader : IDisposable
{
    /// <summary>An object beyond etcd's own limit (1.5 MiB) by far.</summary>
    private const int LargestItem = 64 * 1024 * 1024;

    /// <summary>What is kept of a Status: an answer may repeat its members without an end.</summary>
    private const int MostOfStatus = 64 * 1024;

    private readonly Stream _body;
    private readonly BodyBuffer _buffer = new();
    private ContainerScan _scan;
    private Place _place = Place.Start;
    private FaultException? _failure;
    private StringBuilder? _status;
    private bool _isStatus;

    public ListReader(Stream body) => _body = body;

    private enum Place
    {
        Start,
        Root,
        Items,
        Done,
    }

    /// <summary>The list's own metadata as far as it has arrived: built-in kinds send it first, custom resources last.</summary>
    public ListMetadata Metadata { get; private set; }

    /// <summary>The columns of a Table.</summary>
    public IReadOnlyList<PrinterColumn> Columns { get; private set; } = [];

    /// <summary>True when the answer is a meta.k8s.io Table: items are rows.</summary>
    public bool IsTable { get; private set; }

    /// <summary>Bytes of the items handed out so far.</summary>
    public long ItemBytes { get; private set; }

    /// <summary>
    /// Reads what the next piece of the body brings and adds its items to <paramref name="items"/>. False at the list's end.
    /// Items that stand before what is wrong are handed out first.
    /// </summary>
    /// <exception cref="FaultException">The answer is no list, or ends early (<see cref="FaultPhase.Decode"/>).</exception>
    public async ValueTask<bool> ReadAsync(List<byte[]> items, CancellationToken cancellationToken)
    {
        if (_failure is not null)
            throw _failure;
        while (_place != Place.Done)
        {
            if (!_buffer.MakeRoom(LargestItem))
                throw TooLarge();
            var read = await _body.ReadAsync(_buffer.Room, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new FaultException(FaultPhase.Decode, "the answer ended in the middle of the list", "Run the command again. If it happens again, look for a proxy that cuts long answers.");
            _buffer.Wrote(read);
            try
            {
                Cut(items);
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                _failure = new FaultException(FaultPhase.Decode, $"the answer is no Kubernetes list ({e.Message})", "Check that the address in the kubeconfig is a Kubernetes API server.", e);
                if (items.Count == 0)
                    throw _failure;
            }

            if (items.Count > 0)
                return true;
        }

        // A connection is used again only when its answer was read to the end.
        _buffer.Cut(_buffer.Pending.Length);
        while (_buffer.MakeRoom(LargestItem) && await _body.ReadAsync(_buffer.Room, cancellationToken).ConfigureAwait(false) > 0)
        {
        }

        return false;
    }

    public void Dispose() => _buffer.Dispose();

    private static FaultException TooLarge() => new(new Fault
    {
        Phase = FaultPhase.Decode,
        Reason = Fault.TooLarge,
        Detail = $"an item of the answer is larger than {LargestItem >> 20} MiB",
        Advice = "No Kubernetes object is that large.",
    });

    private void Cut(List<byte[]> items)
    {
        var more = true;
        while (more && _place != Place.Done)
        {
            more = _place switch
            {
                Place.Start => Open(),
                Place.Root => NextRootMember(),
                _ => NextItem(items),
            };
        }
    }

    private bool Open()
    {
        _buffer.Cut(JsonWalk.SkipSpace(_buffer.Pending, 0));
        if (_buffer.Pending.IsEmpty)
            return false;
        if (_buffer.Pending[0] != (byte)'{')
            throw new FormatException("it does not start with a brace");
        _buffer.Cut(1);
        _place = Place.Root;
        return true;
    }

    private bool NextRootMember()
    {
        var json = _buffer.Pending;
        var at = 0;
        try
        {
            if (!JsonWalk.NextMember(json, ref at, out var range))
            {
                _place = Place.Done;
                return _isStatus ? throw new FaultException(StatusAnswer.FaultOf(JsonSlice.Parse($"{{\"kind\":\"Status\"{_status}}}"))) : true;
            }

            var name = json[range];
            var isItems = name.SequenceEqual("items"u8) || name.SequenceEqual("rows"u8);
            if (isItems && json[at] == (byte)'[')
            {
                IsTable = name.SequenceEqual("rows"u8);
                _buffer.Cut(at + 1);
                _place = Place.Items;
                _scan = default;
                return true;
            }

            var end = JsonWalk.After(json, at);
            ReadRootMember(name, json[at..end]);
            _buffer.Cut(end);
            return true;
        }
        catch (EndOfStreamException)
        {
            return false; // the rest has not arrived
        }
    }

    private void ReadRootMember(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("metadata"u8))
            Metadata = ListMetadata.Read(new JsonSlice(value.ToArray(), 0));
        else if (name.SequenceEqual("columnDefinitions"u8))
            Columns = TableColumns.Read(new JsonSlice(value.ToArray(), 0));
        _isStatus |= name.SequenceEqual("kind"u8) && value.SequenceEqual("\"Status\""u8);
        if (IsOfStatus(name) && (_status?.Length ?? 0) + value.Length <= MostOfStatus)
            (_status ??= new()).Append(",\"").Append(Encoding.UTF8.GetString(name)).Append("\":").Append(Encoding.UTF8.GetString(value));
    }

    /// <summary>What a list has not, but for its metadata: the members of a Status, in whatever order they come.</summary>
    private static bool IsOfStatus(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("metadata"u8) || name.SequenceEqual("status"u8) || name.SequenceEqual("message"u8) || name.SequenceEqual("reason"u8)
        || name.SequenceEqual("details"u8) || name.SequenceEqual("code"u8);

    private bool NextItem(List<byte[]> items)
    {
        var json = _buffer.Pending;
        var at = JsonWalk.SkipSpace(json, 0);
        if (at < json.Length && json[at] == (byte)',')
            at = JsonWalk.SkipSpace(json, at + 1);
        if (at == json.Length)
            return false;
        if (json[at] == (byte)']')
        {
            _buffer.Cut(at + 1);
            _place = Place.Root;
            return true;
        }

        if (json[at] != (byte)'{')
            throw new FormatException("an item is no object");
        var length = _scan.Find(json[at..]);
        if (length < 0)
        {
            _buffer.Cut(at); // the scan goes on from here
            return false;
        }

        // Uninitialized: it is filled at once, and clearing it first would touch every byte of the list once more.
        var item = GC.AllocateUninitializedArray<byte>(length);
        json.Slice(at, length).CopyTo(item);
        items.Add(item);
        ItemBytes += length;
        _buffer.Cut(at + length);
        _scan = default;
        return true;
    }
}

/// <summary>A list's own metadata (<c>ListMeta</c>).</summary>
/// <param name="ResourceVersion">The version that the list shows.</param>
/// <param name="Continue">The token for the next page; null at the last.</param>
/// <param name="RemainingItemCount">How many items follow, where the server says so.</param>
internal readonly record struct ListMetadata(string? ResourceVersion, string? Continue, long? RemainingItemCount)
{
    public static ListMetadata Read(JsonSlice json) => new(
        json["resourceVersion"u8].AsString(),
        json["continue"u8].AsString() is { Length: > 0 } token ? token : null,
        json["remainingItemCount"u8].AsInt64());
}
