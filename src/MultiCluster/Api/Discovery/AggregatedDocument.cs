using System.Text.Json;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// Reads an APIGroupDiscoveryList (apidiscovery.k8s.io, v2 and v2beta1 have the same shape) in one pass over its tokens:
/// with thousands of custom resources it has megabytes, and a session begins with it.
/// </summary>
internal ref struct AggregatedDocument
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly DiscoveryPart _part = new();
    private Utf8JsonReader _reader;
    private SharedList _verbs;
    private SharedList _categories;
    private SharedList _subresources;

    private AggregatedDocument(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new(json);
    }

    public static bool Is(JsonSlice root) => root["kind"u8].Is("APIGroupDiscoveryList"u8);

    /// <summary>The kinds and notices of the document.</summary>
    /// <exception cref="JsonException">The text is no JSON, or ends early.</exception>
    /// <exception cref="FormatException">A version has no name.</exception>
    public static DiscoveryPart Read(ReadOnlySpan<byte> json)
    {
        var document = new AggregatedDocument(json);
        document.ReadRoot();
        return document._part;
    }

    private void ReadRoot()
    {
        _reader.Read();
        while (NextMember())
        {
            if (!LenientJson.TextIs(ref _reader, "items"u8))
                _reader.Skip();
            else
            {
                for (_reader.Read(); NextObject();)
                    ReadGroup(MemberOf(MemberOf(_reader, "metadata"u8), "name"u8).GetStringOrNull() ?? "");
            }
        }

        _reader.Read(); // what follows the end is an error
    }

    private void ReadGroup(string group)
    {
        while (NextMember())
        {
            if (!LenientJson.TextIs(ref _reader, "versions"u8))
                _reader.Skip();
            else
            {
                for (_reader.Read(); NextObject();)
                {
                    var version = MemberOf(_reader, "version"u8).GetStringOrNull();
                    ReadVersion(group, version ?? throw new FormatException("a group has a version without name"));
                }
            }
        }
    }

    private void ReadVersion(string group, string version)
    {
        while (NextMember())
        {
            if (LenientJson.TextIs(ref _reader, "freshness"u8))
            {
                _reader.Read();
                if (_reader.TokenType == JsonTokenType.String && LenientJson.TextIs(ref _reader, "Stale"u8))
                {
                    _part.Notices.Add(new(
                        new GroupVersion(group, version).ToString(),
                        "its API server does not answer; the kinds listed are the last known"));
                }
            }
            else if (LenientJson.TextIs(ref _reader, "resources"u8))
            {
                for (_reader.Read(); NextObject();)
                    ReadResource(group, version);
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadResource(string group, string version)
    {
        string? plural = null, kind = null, singular = null;
        IReadOnlyList<string> shortNames = [], categories = [], verbs = [], subresources = [];
        var namespaced = false;
        while (NextMember())
        {
            if (LenientJson.TextIs(ref _reader, "resource"u8))
                plural = ReadString();
            else if (LenientJson.TextIs(ref _reader, "singularResource"u8))
                singular = ReadString();
            else if (LenientJson.TextIs(ref _reader, "scope"u8))
                namespaced = ReadString() == "Namespaced";
            else if (LenientJson.TextIs(ref _reader, "responseKind"u8))
                kind = ReadKind();
            else if (LenientJson.TextIs(ref _reader, "verbs"u8))
                verbs = ReadShared(ref _verbs);
            else if (LenientJson.TextIs(ref _reader, "shortNames"u8))
                shortNames = ReadStrings();
            else if (LenientJson.TextIs(ref _reader, "categories"u8))
                categories = ReadShared(ref _categories);
            else if (LenientJson.TextIs(ref _reader, "subresources"u8))
                subresources = ReadShared(ref _subresources);
            else
                _reader.Skip();
        }

        // A resource that exists only through its subresources has no kind of its own.
        if (string.IsNullOrEmpty(plural) || string.IsNullOrEmpty(kind))
            return;
        _part.Kinds.Add(new()
        {
            Group = group,
            Version = version,
            Kind = kind,
            Plural = plural,
            Singular = string.IsNullOrEmpty(singular) ? kind.ToLowerInvariant() : singular,
            ShortNames = shortNames,
            Categories = categories,
            Verbs = verbs,
            Subresources = subresources,
            Namespaced = namespaced,
        });
    }

    private string? ReadKind()
    {
        _reader.Read();
        var kind = MemberOf(_reader, "kind"u8).GetStringOrNull();
        _reader.Skip();
        return kind;
    }

    private string? ReadString()
    {
        _reader.Read();
        var text = _reader.GetStringOrNull();
        _reader.Skip();
        return text;
    }

    /// <summary>
    /// Thousands of custom resources have the same verbs, categories and subresources: a list with the text of the one before is that list.
    /// </summary>
    private List<string> ReadShared(ref SharedList last)
    {
        var before = _reader;
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        var text = start..(int)_reader.BytesConsumed;
        if (last.Values is null || !_json[text].SequenceEqual(_json[last.Text]))
        {
            _reader = before;
            last = new(text, ReadStrings());
        }

        return last.Values!;
    }

    /// <summary>The texts of an array; of an array of subresources, their names.</summary>
    private List<string> ReadStrings()
    {
        var values = new List<string>();
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            _reader.Skip();
            return values;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            var text = _reader.GetStringOrNull() ?? MemberOf(_reader, "subresource"u8).GetStringOrNull();
            if (text is not null)
                values.Add(text);
            _reader.Skip();
        }

        return values;
    }

    /// <summary>A look ahead: a reader on the value of the object's member of that name, or on the object's end.</summary>
    private static Utf8JsonReader MemberOf(Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = LenientJson.TextIs(ref reader, name);
            if (found)
            {
                reader.Read();
                return reader;
            }

            reader.Skip();
        }

        return reader;
    }

    private bool NextMember()
    {
        if (!_reader.Read())
            throw new JsonException("the document ends early");
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Steps from an array's start or one of its objects to its next object. False at its end, and for what is no array.</summary>
    private bool NextObject()
    {
        if (_reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndObject))
        {
            _reader.Skip();
            return false;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
                return true;
            _reader.Skip();
        }

        return false;
    }

    private readonly record struct SharedList(Range Text, List<string>? Values);
}

/// <summary>What <see cref="AggregatedDocument"/> misses in the reader.</summary>
file static class ReaderExtensions
{
    /// <summary>The text the reader stands on, or null when it stands on something else.</summary>
    public static string? GetStringOrNull(this Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? LenientJson.TextOf(ref reader) : null;
}
