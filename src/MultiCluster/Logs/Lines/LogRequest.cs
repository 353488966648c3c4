using System.Globalization;
using System.Text;

namespace MultiCluster.Logs.Lines;

/// <summary>A request for a container's log. Lines always come with their times, which are taken off again here.</summary>
internal sealed record LogRequest(LogSource Source)
{
    /// <summary>Keep the answer open for what is written later.</summary>
    public bool Follow { get; init; }

    /// <summary>The instance before the present one.</summary>
    public bool Previous { get; init; }

    /// <summary>Lines of that second, counted from 1970, and later; null for all.</summary>
    public long? SinceSecond { get; init; }

    /// <summary>Lines that are no older, by the node's clock; null for all.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>The last lines only; null for all.</summary>
    public long? Tail { get; init; }

    /// <summary>True when it goes on where an earlier answer ended.</summary>
    public bool Resumes { get; init; }

    /// <summary>What is tried, to be read after "cannot".</summary>
    public string Operation => $"{(Follow ? "follow" : "read")} the {(Previous ? "previous " : "")}log of {Source}";

    /// <summary>Path and query.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder("/api/v1/namespaces/").Append(Uri.EscapeDataString(Source.Namespace))
                .Append("/pods/").Append(Uri.EscapeDataString(Source.Pod))
                .Append("/log?timestamps=true&container=").Append(Uri.EscapeDataString(Source.Container));
            if (Follow)
                path.Append("&follow=true");
            if (Previous)
                path.Append("&previous=true");
            if (SinceSecond is { } second)
                path.Append("&sinceTime=").Append(DateTimeOffset.FromUnixTimeSeconds(second).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture));
            else if (Since is { } since)
                path.Append("&sinceSeconds=").Append(Math.Max(1, (long)Math.Ceiling(since.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
            if (Tail is { } tail)
                path.Append("&tailLines=").Append(tail.ToString(CultureInfo.InvariantCulture));
            return path.ToString();
        }
    }
}
