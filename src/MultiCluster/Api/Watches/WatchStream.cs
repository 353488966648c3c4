using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Watches;

/// <summary>One watch request that has been answered: its events as objects.</summary>
internal sealed class WatchStream : IAsyncDisposable
{
    /// <summary>How much later than asked for a server may end a watch before the connection counts as dead.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly WatchTarget _target;
    private readonly WatchLink _link;
    private readonly ApiResponse _response;
    private readonly WatchReader _reader;
    private readonly ListAnswer _answer;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _bound;
    private readonly List<WatchLine> _lines = [];

    private WatchStream(WatchTarget target, WatchLink link, ApiResponse response, DateTimeOffset bound, TimeProvider time)
    {
        _target = target;
        _link = link;
        _response = response;
        _bound = bound;
        _time = time;
        _reader = new WatchReader(response.Body, ListAnswer.AsTable(target.Kind, target.Query.MetadataOnly), target.MaxEventBytes);
        _answer = new ListAnswer(target.Cluster, target.Kind, target.Query.MetadataOnly, time);
    }

    /// <summary>Asks for a watch; it is there when the answer's headers are.</summary>
    /// <param name="target">What is watched.</param>
    /// <param name="link">What it is asked through; the stream disposes it.</param>
    /// <param name="step">From where on, and for how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the request, and the reading of its answer.</param>
    /// <exception cref="FaultException">The server refuses, or cannot be reached.</exception>
    public static async Task<WatchStream> OpenAsync(
        WatchTarget target, WatchLink link, WatchStep.Stream step, TimeProvider time, CancellationToken cancellationToken)
    {
        var parameters = ListParameters.OfWatch(target.Kind, target.Query, step.Version, initialEvents: step.Version is null, step.Duration);
        var request = new ApiRequest(HttpMethod.Get, target.Kind.Path(target.Query.Namespace) + parameters)
        {
            Kind = RequestKind.Stream,
            Operation = target.Operation,
            Accept = ListAnswer.AcceptOne(target.Kind, target.Query.MetadataOnly),
            Observer = target.Call.Observer,
        };

        // A peer that has vanished without a word: keep-alive probes find it, and behind a proxy that answers these, the bound does.
        var bound = time.GetUtcNow() + step.Duration + Grace;
        var timeouts = target.Call.Timeouts.Deadline < bound ? target.Call.Timeouts : target.Call.Timeouts with { Deadline = bound };
        try
        {
            var response = await link.Client.SendAsync(request, timeouts, cancellationToken).ConfigureAwait(false);
            return new WatchStream(target, link, response, bound, time);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Reads what the next piece of the answer brings and tells <paramref name="machine"/>. False when the stream has ended.</summary>
    /// <exception cref="FaultException">The stream broke.</exception>
    public async ValueTask<bool> ReadAsync(WatchMachine machine, CancellationToken cancellationToken)
    {
        _lines.Clear();
        try
        {
            if (!await _reader.ReadAsync(_lines, cancellationToken).ConfigureAwait(false))
            {
                machine.StreamEnded();
                return false;
            }
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Timeout && _time.GetUtcNow() >= _bound)
        {
            throw new FaultException(FaultPhase.Timeout, "the server has not ended the watch in time, and counts as gone", "It goes on by itself; if it happens often, look at the way to the cluster (VPN, firewall, proxy).", e);
        }

        foreach (var line in _lines)
        {
            if (!Tell(machine, line))
                return false;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _response.DisposeAsync().ConfigureAwait(false);
        _link.Dispose();
    }

    /// <summary>False when the event is an error, after which nothing follows.</summary>
    private bool Tell(WatchMachine machine, in WatchLine line)
    {
        switch (line.Type)
        {
            case WatchLineType.Added or WatchLineType.Modified or WatchLineType.Deleted:
                if (line.Index.Name == 0)
                    throw new FaultException(FaultPhase.Decode, $"an event of the watch is about no {_target.Kind.Kind}", "Check that the address in the kubeconfig is a Kubernetes API server.");
                var item = _answer.Of(line.Json, line.Index, _reader.Columns);
                if (_target.Names?.Invoke(item.Name) != false)
                    machine.Received(line.Type, item);
                else if (!machine.AwaitsInitialEvents)
                    machine.Bookmarked(line.ResourceVersion, endsInitialEvents: false);
                return true;
            case WatchLineType.Bookmark:
                machine.Bookmarked(line.ResourceVersion, line.EndsInitialEvents);
                return true;
            case WatchLineType.Error:
                machine.Errored(StatusAnswer.FaultOf(new JsonSlice(line.Json, 0)) with { Operation = _target.Operation, Cluster = _target.Cluster });
                return false;
            default:
                return true;
        }
    }
}
