using System.Diagnostics.Tracing;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>How many bytes this process has taken out of its sockets, from the runtime's own counter.</summary>
internal sealed class ReceivedBytes : EventListener
{
    private double _total;

    /// <summary>Bytes since the listener began, as of the last second or so.</summary>
    public double Total => Volatile.Read(ref _total);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
            EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.None, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "0.5" });
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "EventCounters" && eventData.Payload?[0] is IDictionary<string, object> counter && "bytes-received".Equals(counter["Name"]))
            Volatile.Write(ref _total, (double)counter["Mean"]);
    }
}
