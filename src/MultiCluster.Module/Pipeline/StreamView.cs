using System.Globalization;
using MultiCluster.Api.Watches;
using MultiCluster.FanOut;
using MultiCluster.Logs;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// What a stream shows of itself. There is no progress to tell while every cluster is heard: it is shown while some have not been heard
/// yet, and while one is interrupted.
/// </summary>
internal sealed class StreamView(int clusters, bool includeNotice, TimeProvider time)
{
    /// <summary>The tag of what a stream says on the Information stream.</summary>
    internal const string Tag = "MultiCluster.Watch";

    private readonly HashSet<string> _heard = [];
    private readonly Dictionary<(string Cluster, string? Kind, string? Namespace), long> _broken = [];

    /// <summary>Whether notices are objects of the output, too.</summary>
    internal bool IncludeNotice => includeNotice;

    /// <summary>Follows what the clusters bring.</summary>
    internal void Take(FanOutItem item)
    {
        _heard.Add(item.Cluster.ClusterName);
        switch (item)
        {
            case FanOutNotice { Data: KubeWatchNotice { Type: not WatchNoticeType.Gap } watch }:
                Take((watch.ClusterName, watch.Kind, watch.Namespace), watch.Type == WatchNoticeType.Interrupted);
                break;
            case FanOutNotice { Data: KubeLogNotice { Type: LogNoticeType.Interrupted or LogNoticeType.Resumed or LogNoticeType.Stopped } log }:
                Take((log.ClusterName, null, null), log.Type == LogNoticeType.Interrupted);
                break;
            case FanOutDone:
                foreach (var key in _broken.Keys.Where(key => key.Cluster == item.Cluster.ClusterName).ToArray())
                    _broken.Remove(key);
                break;
        }
    }

    /// <summary><c>2 of 3 clusters; prod-eu interrupted for 12 s</c>, or null when all are heard.</summary>
    internal ProgressState? Progress()
    {
        if (_heard.Count >= clusters && _broken.Count == 0)
            return null;
        var culture = CultureInfo.CurrentCulture;
        var status = string.Create(culture, $"{_heard.Count:N0} of {clusters:N0} clusters");
        foreach (var cluster in _broken.GroupBy(static one => one.Key.Cluster, static one => one.Value).Take(3))
            status += string.Create(culture, $"; {cluster.Key} interrupted for {time.GetElapsedTime(cluster.Min()).TotalSeconds:0} s");
        return new(status, -1);
    }

    private void Take((string Cluster, string? Kind, string? Namespace) key, bool interrupted)
    {
        if (interrupted)
            _broken.TryAdd(key, time.GetTimestamp());
        else
            _broken.Remove(key);
    }
}
