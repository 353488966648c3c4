using System.Collections.Frozen;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects.Selectors;

/// <summary>
/// A field selector that is applied here, to objects that have come already. Every path of an object can be compared. As to a server, a
/// field that is not there is empty, false or 0: which of these depends on its type, which nobody knows here.
/// </summary>
internal sealed class FieldMatch
{
    /// <summary>Fields that a server calls otherwise than the object does (<c>ToSelectableFields</c> of jobs and events).</summary>
    private static readonly FrozenDictionary<string, string[]> Others = new Dictionary<string, string[]>
    {
        ["status.successful"] = ["status", "succeeded"],
        ["source"] = ["source", "component"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly List<(string[] Path, bool Wanted, string Value)> _terms = [];

    /// <summary>The selector as <see cref="FieldSelector.Validate"/> gives it; null or empty for all.</summary>
    public FieldMatch(string? selector)
    {
        foreach (var term in FieldSelector.Terms(selector ?? ""))
        {
            var sign = term.IndexOf('=', StringComparison.Ordinal);
            var wanted = term[sign - 1] != '!';
            var field = term[..(wanted ? sign : sign - 1)];
            _terms.Add((Others.TryGetValue(field, out var path) ? path : field.Split('.'), wanted, FieldSelector.Unescape(term[(sign + 1)..])));
        }
    }

    /// <summary>True when the object has every value that it must have, and none that it must not.</summary>
    public bool Matches(JsonSlice item)
    {
        foreach (var (path, wanted, value) in _terms)
        {
            if (Has(item, path, value) != wanted)
                return false;
        }

        return true;
    }

    private static bool Has(JsonSlice at, string[] path, string value)
    {
        foreach (var name in path)
        {
            if (!at.TryGetMember(name, out var member))
                return value is "" or "false" or "0";
            at = member;
        }

        return at.AsText() == value;
    }
}
