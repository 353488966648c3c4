using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MultiCluster.Objects.Json;

/// <summary>A value inside a JSON text: the text and where the value starts. Costs nothing until it is asked.</summary>
internal readonly struct JsonSlice
{
    private readonly byte[]? _json;
    private readonly int _start;

    public JsonSlice(byte[] json, int start)
    {
        _json = json;
        _start = start;
    }

    /// <summary>The value that a text such as an annotation's holds; one that does not <see cref="Exists"/> when the text is no JSON.</summary>
    public static JsonSlice Parse(string? text)
    {
        var json = Encoding.UTF8.GetBytes(text ?? "");
        try
        {
            JsonDocument.Parse(json).Dispose();
            return new(json, JsonWalk.SkipSpace(json, 0));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>False for the value of a member that is not there, and for <c>null</c>.</summary>
    public bool Exists => _json is not null && _json[_start] != (byte)'n';

    public bool IsObject => _json is not null && _json[_start] == (byte)'{';

    public bool IsArray => _json is not null && _json[_start] == (byte)'[';

    /// <summary>The value's text.</summary>
    public ReadOnlySpan<byte> Raw
    {
        get
        {
            if (_json is null)
                return default;
            var end = JsonWalk.SkipValue(_json, _start);
            return _json.AsSpan()[_start..(end < 0 ? _json.Length : end)];
        }
    }

    /// <summary>The member of that exact name; one that does not <see cref="Exists"/> when there is none or this is no object.</summary>
    public JsonSlice this[ReadOnlySpan<byte> name]
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.NameIs(name))
                    return member.Value;
            }

            return default;
        }
    }

    /// <summary>The members of an object; none for anything else.</summary>
    public MemberEnumerator Members => new(_json, IsObject ? _start : -1);

    /// <summary>The elements of an array; none for anything else.</summary>
    public ElementEnumerator Elements => new(_json, IsArray ? _start : -1);

    /// <summary>The member of that name; an exact match wins, else the first that differs in case only.</summary>
    public bool TryGetMember(string name, out JsonSlice value)
    {
        Span<byte> buffer = stackalloc byte[256];
        var utf8 = Encoding.UTF8.TryGetBytes(name, buffer, out var written) ? buffer[..written] : Encoding.UTF8.GetBytes(name);
        var found = false;
        value = default;
        foreach (var member in Members)
        {
            if (member.NameIs(utf8))
            {
                value = member.Value;
                return true;
            }

            if (!found && member.NameIsIgnoringCase(utf8))
            {
                value = member.Value;
                found = true;
            }
        }

        return found || TryGetEscapedMember(name, out value);
    }

    /// <summary>A member whose name is written with escapes, which no server does; looked for only when nothing else fits.</summary>
    private bool TryGetEscapedMember(string name, out JsonSlice value)
    {
        foreach (var member in Members)
        {
            if (member.IsNameEscaped && string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = member.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>
    /// False when the value certainly holds no such bytes; true where they may stand in what follows it, too. A search costs a small part of what
    /// walking costs.
    /// </summary>
    public bool MayHold(ReadOnlySpan<byte> text) => _json is not null && _json.AsSpan(_start).IndexOf(text) >= 0;

    public bool Is(ReadOnlySpan<byte> text)
    {
        var raw = Raw;
        return raw.Length == text.Length + 2 && raw[0] == (byte)'"' && raw[1..^1].SequenceEqual(text);
    }

    /// <summary>A string's text, or null when there is none; a number's or a boolean's text as it stands.</summary>
    public string? AsString()
    {
        if (!Exists || IsObject || IsArray)
            return null;
        var raw = Raw;
        return raw[0] == (byte)'"' ? JsonText.Unescape(raw[1..^1]) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>A number, or null. A number with a fraction loses it.</summary>
    public long? AsInt64()
    {
        if (!Exists)
            return null;
        var raw = Raw;
        if (Utf8Parser.TryParse(raw, out long number, out var used) && used == raw.Length)
            return number;
        return Utf8Parser.TryParse(raw, out double real, out used) && used == raw.Length ? (long)real : null;
    }

    /// <summary>A boolean; false when there is none.</summary>
    public bool AsBoolean() => _json is not null && _json[_start] == (byte)'t';

    /// <summary>An RFC 3339 time, or null.</summary>
    public DateTimeOffset? AsTime() =>
        DateTimeOffset.TryParse(AsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>
    /// The value as PowerShell sees it: string, long, double, decimal, bool, null, <see cref="KubeMap"/> or <see cref="KubeList"/>; a
    /// <see cref="Quantity"/> where <paramref name="place"/> is an amount's and the text is one.
    /// </summary>
    public object? AsObject(FieldPlace? place = null)
    {
        if (_json is null)
            return null;
        if (place is { IsQuantity: true } && Quantity.TryParse(AsString(), out var quantity))
            return quantity;
        switch (_json[_start])
        {
            case (byte)'{':
                return new KubeMap(this, place);
            case (byte)'[':
                return new KubeList(this, place);
            case (byte)'"':
                return AsString();
            case (byte)'t':
                return true;
            case (byte)'f':
                return false;
            case (byte)'n':
                return null;
            default:
                return JsonText.Number(Raw);
        }
    }

    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(Raw, skipInputValidation: true);

    /// <summary>An object's member.</summary>
    public readonly struct Member(byte[] json, Range name, int value)
    {
        public JsonSlice Value => new(json, value);

        public string Name => JsonText.Unescape(json.AsSpan(name));

        public bool IsNameEscaped => json.AsSpan(name).Contains((byte)'\\');

        public bool NameIs(ReadOnlySpan<byte> utf8) => json.AsSpan(name).SequenceEqual(utf8);

        public bool NameIsIgnoringCase(ReadOnlySpan<byte> utf8) => Ascii.EqualsIgnoreCase(json.AsSpan(name), utf8);
    }

    public struct MemberEnumerator(byte[]? json, int start)
    {
        private readonly byte[]? _json = json;
        private int _at = start + 1;
        private int _value = -1;
        private Range _name;

        public readonly Member Current => new(_json!, _name, _value);

        public readonly MemberEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_json is null || _at == 0)
                return false;
            if (_value >= 0)
                _at = JsonWalk.After(_json, _value);
            if (!JsonWalk.NextMember(_json, ref _at, out _name))
            {
                _at = 0;
                return false;
            }

            _value = _at;
            return true;
        }
    }

    public struct ElementEnumerator(byte[]? json, int start)
    {
        private readonly byte[]? _json = json;
        private int _at = start + 1;
        private int _value = -1;

        public readonly JsonSlice Current => new(_json!, _value);

        public readonly ElementEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_json is null || _at == 0)
                return false;
            if (_value >= 0)
                _at = JsonWalk.After(_json, _value);
            if (!JsonWalk.NextElement(_json, ref _at))
            {
                _at = 0;
                return false;
            }

            _value = _at;
            return true;
        }

        public int Count()
        {
            var count = 0;
            while (MoveNext())
                count++;
            return count;
        }
    }
}

/// <summary>JSON scalars to .NET values.</summary>
internal static class JsonText
{
    /// <summary>The text of a JSON string, given without its quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> content) => LenientJson.Unescape(content);

    /// <summary>A number as PowerShell's own JSON reader gives it: long, else decimal when exact, else double.</summary>
    public static object? Number(ReadOnlySpan<byte> raw)
    {
        if (Utf8Parser.TryParse(raw, out long whole, out var used) && used == raw.Length)
            return whole;
        if (Utf8Parser.TryParse(raw, out double real, out used, 'e') && used == raw.Length)
            return real;
        return double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out real) ? real : Encoding.UTF8.GetString(raw);
    }
}
