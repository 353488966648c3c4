using MultiCluster.FanOut;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Support;

/// <summary>What a call has brought so far. It is sorted once, as it comes: conditions look at it after each of thousands.</summary>
internal sealed class StreamItems<T>
{
    private readonly List<FanOutItem> _all = [];
    private readonly List<T> _objects = [];
    private readonly List<object> _notices = [];
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<FanOutItem> All => _all;

    public IEnumerable<T> Objects => _objects;

    /// <summary>The data of notices.</summary>
    public IEnumerable<object> Notices => _notices;

    public IEnumerable<Fault> Faults => _faults;

    public void Add(FanOutItem item)
    {
        _all.Add(item);
        switch (item)
        {
            case FanOutObjects<T> some:
                _objects.AddRange(some.Objects);
                break;
            case FanOutNotice { Data: { } data }:
                _notices.Add(data);
                break;
            case FanOutFault { Fault: { } fault }:
                _faults.Add(fault);
                break;
        }
    }
}
