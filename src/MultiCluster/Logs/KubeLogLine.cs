using System.Text;
using System.Text.Json;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Logs;

/// <summary>One line that a container wrote. Its bytes become text when they are asked for.</summary>
[Views(ByHand = true)]
public sealed class KubeLogLine
{
    private const int NanosecondsPerTick = 100;

    private readonly LogSource _source;
    private readonly byte[] _text;
    private string? _line;
    private object? _json;

    internal KubeLogLine(LogSource source, long nanoseconds, byte[] text)
    {
        _source = source;
        Nanoseconds = nanoseconds;
        _text = text;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public string ClusterId => _source.Cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    public string ClusterName => _source.Cluster.ClusterName;

    /// <summary>The pod's namespace.</summary>
    public string Namespace => _source.Namespace;

    /// <summary>The pod's name.</summary>
    public string Pod => _source.Pod;

    /// <summary>The container's name.</summary>
    public string Container => _source.Container;

    /// <summary>When it was written by the clock of the pod's node, as local time; the node's nanoseconds cut to .NET's 100 ns.</summary>
    public DateTimeOffset Timestamp => new DateTimeOffset(UtcTicks, TimeSpan.Zero).ToLocalTime();

    /// <summary>The text, without its end of line; bytes that are no UTF-8 are shown as U+FFFD.</summary>
    public string Line => _line ??= Encoding.UTF8.GetString(_text);

    /// <summary>
    /// The line's fields when it is a JSON object, else null: <c>$line.Json.level</c>, <c>$line.Json.request.path</c>, whatever their case.
    /// </summary>
    public KubeMap? Json => (_json ??= (object?)Parse() ?? this) as KubeMap;

    /// <summary>Whether a terminal would show its texts as they are; false for some that it would.</summary>
    internal bool IsPlain => TerminalText.IsPlain(_text, json: false) && TerminalText.IsPlainLine(ClusterId) && TerminalText.IsPlainLine(ClusterName)
        && TerminalText.IsPlainLine(Namespace) && TerminalText.IsPlainLine(Pod) && TerminalText.IsPlainLine(Container);

    /// <summary>When it was written, in nanoseconds since 1970 as the node wrote them.</summary>
    internal long Nanoseconds { get; }

    /// <summary>When it was written, in ticks of UTC.</summary>
    internal long UtcTicks => DateTime.UnixEpoch.Ticks + (Nanoseconds / NanosecondsPerTick);

    /// <summary>A time in nanoseconds since 1970.</summary>
    internal static long NanosecondsOf(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;

    /// <summary>The line.</summary>
    public override string ToString() => Line;

    /// <summary>Steps over JSON trust their text, so it is checked to its end first.</summary>
    private KubeMap? Parse()
    {
        var text = _text.AsSpan();
        var start = JsonWalk.SkipSpace(text, 0);
        if (start == text.Length || text[start] != (byte)'{')
            return null;
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }

            return new KubeMap(new JsonSlice(_text, start));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
