using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Data;

namespace MultiCluster.Sandbox.Changes;

/// <summary>An object's bytes with gaps: a write fills them in instead of building the object anew.</summary>
internal sealed partial class BodyTemplate
{
    // Control characters cannot occur in JSON, so they mark the gaps.
    public const string Name = "\u0001";
    public const string Uid = "\u0002";
    public const string Serial = "\u0003";
    public const string Count = "\u0004";
    private const string Version = "\u0005";
    private const string Created = "\u0006";
    private const string Now = "\u0007";
    private const string NowMicro = "\u0008";

    private const long SomeVersion = 9_090_909_090_909_090_909;

    private readonly List<(byte[] Text, char Gap)> _parts = [];

    private BodyTemplate(string json)
    {
        var start = 0;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] >= ' ') continue;
            _parts.Add((Encoding.UTF8.GetBytes(json[start..i]), json[i]));
            start = i + 1;
        }
        _parts.Add((Encoding.UTF8.GetBytes(json[start..]), '\0'));
    }

    /// <summary>Times of an event's last sighting, for a draft.</summary>
    public static EventTimes Times { get; } = new(Created, Now, NowMicro, NowMicro);

    /// <summary>Makes gaps of a draft's version and times; its text may hold the other marks.</summary>
    public static BodyTemplate Of(Draft draft, DateTimeOffset now)
    {
        var marked = draft with { Annotations = [(Churn.SerialAnnotation, Serial), .. draft.Annotations] };
        var json = Encoding.ASCII.GetString(JsonMinifier.Minify(marked.ToJson(Uid, SomeVersion, now)));
        return new BodyTemplate(Second().Replace(json, Created).Replace(SomeVersion.ToString(CultureInfo.InvariantCulture), Version, StringComparison.Ordinal));
    }

    public byte[] Fill(in BodyValues values, long version)
    {
        Span<byte> numbers = stackalloc byte[60];
        version.TryFormat(numbers, out var versionLength, provider: CultureInfo.InvariantCulture);
        values.Serial.TryFormat(numbers[20..], out var serialLength, provider: CultureInfo.InvariantCulture);
        values.Count.TryFormat(numbers[40..], out var countLength, provider: CultureInfo.InvariantCulture);
        var length = 0;
        foreach (var (text, gap) in _parts) length += text.Length + ValueOf(gap, values, numbers, versionLength, serialLength, countLength).Length;
        var body = new byte[length];
        var at = 0;
        foreach (var (text, gap) in _parts)
        {
            text.CopyTo(body, at);
            at += text.Length;
            var value = ValueOf(gap, values, numbers, versionLength, serialLength, countLength);
            value.CopyTo(body.AsSpan(at));
            at += value.Length;
        }
        return body;
    }

    private static ReadOnlySpan<byte> ValueOf(char gap, in BodyValues values, ReadOnlySpan<byte> numbers, int version, int serial, int count) => gap switch
    {
        '\u0001' => values.Name,
        '\u0002' => values.Uid,
        '\u0003' => numbers.Slice(20, serial),
        '\u0004' => numbers.Slice(40, count),
        '\u0005' => numbers[..version],
        '\u0006' => values.Created,
        '\u0007' => values.Now,
        '\u0008' => values.NowMicro,
        _ => [],
    };

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Second();
}

/// <summary>What fills a template's gaps.</summary>
internal readonly record struct BodyValues(byte[] Name, byte[] Uid, byte[] Created, byte[] Now, byte[] NowMicro, long Serial, int Count);
