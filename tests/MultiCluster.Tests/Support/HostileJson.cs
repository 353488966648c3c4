using System.Text;
using System.Text.Json;

namespace MultiCluster.Tests.Support;

/// <summary>JSON as nobody should send it: each text of a document in turn, a value's and a name's, in the place of what a well-meaning sender wrote.</summary>
internal static class HostileJson
{
    /// <summary>Deeper than any stack would bear that steps down once a level.</summary>
    private const int Depth = 20_000;

    /// <summary>What may stand between the quotes of a string.</summary>
    private static readonly (string Name, byte[] Content)[] Contents =
    [
        ("half a pair", Ascii(@"\ud800")),
        ("a pair the wrong way round", Ascii(@"a\udc00\ud800b")),
        ("a whole pair", Ascii(@"\ud83d\ude00")),
        ("NUL", Ascii(@"a\u0000b")),
        ("an escape sequence", Ascii(@"\u001b]0;x\u0007\u001b[31m\u009b\u202e")),
        ("no UTF-8", [0x61, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
        ("a megabyte", Ascii(new string('x', 1024 * 1024))),
        ("nothing", []),
    ];

    /// <summary>What may stand in the place of a value.</summary>
    private static readonly (string Name, byte[] Value)[] Values =
    [
        ("lists in lists", Ascii(new string('[', Depth) + new string(']', Depth))),
        ("objects in objects", Ascii(string.Concat(Enumerable.Repeat("""{"a":""", Depth)) + "1" + new string('}', Depth))),
        ("a list", Ascii("[1,null]")),
        ("an object", Ascii("""{"\ud800":"\ud800"}""")),
        ("a number", Ascii("1e999999")),
        ("null", Ascii("null")),
    ];

    /// <summary>Every variant of <paramref name="document"/>, with what was done to it.</summary>
    public static IEnumerable<(string What, byte[] Json)> Of(string document)
    {
        var json = Encoding.UTF8.GetBytes(document);
        foreach (var (text, isName) in Texts(json))
        {
            var said = Encoding.UTF8.GetString(json[text]);
            foreach (var (name, content) in Contents)
                yield return ($"{said} is {name}", [.. json[..text.Start], .. content, .. json[text.End..]]);
            if (isName)
                continue;
            foreach (var (name, value) in Values)
                yield return ($"{said} is {name}", [.. json[..(text.Start.Value - 1)], .. value, .. json[(text.End.Value + 1)..]]);
        }
    }

    /// <summary>Asserts that a message may be shown: one line, bounded, of whole characters.</summary>
    public static void AssertShowable(string? message, string what)
    {
        foreach (var rune in (message ?? "").EnumerateRunes())
            Assert.False(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format, $"{what}: {JsonSerializer.Serialize(message)}");
        AssertWhole(message);
        Assert.True((message ?? "").Length < 4096, what);
    }

    /// <summary>Asserts that a text has no half of a surrogate pair.</summary>
    public static void AssertWhole(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
                Assert.True(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]));
        }
    }

    private static List<(Range Text, bool IsName)> Texts(byte[] json)
    {
        var texts = new List<(Range, bool)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                texts.Add((((int)reader.TokenStartIndex + 1)..((int)reader.TokenStartIndex + 1 + reader.ValueSpan.Length), reader.TokenType == JsonTokenType.PropertyName));
        }

        return texts;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
