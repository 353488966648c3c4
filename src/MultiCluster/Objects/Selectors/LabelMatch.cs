using System.Text;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects.Selectors;

/// <summary>A label selector that is applied here, to objects that have come already.</summary>
internal sealed class LabelMatch
{
    private readonly (byte[] Key, LabelRequirement Requirement)[] _requirements;

    private LabelMatch(IEnumerable<LabelRequirement> requirements) =>
        _requirements = [.. requirements.Select(static one => (Encoding.UTF8.GetBytes(one.Key), one))];

    /// <summary>The selector as a server takes it; null when it requires nothing.</summary>
    public string? Text => IsEmpty ? null : string.Join(',', _requirements.Select(static one => one.Requirement.Text));

    /// <summary>True when it requires nothing.</summary>
    public bool IsEmpty => _requirements.Length == 0;

    /// <summary>A selector as people write it: <c>app=web,tier in (a,b)</c>.</summary>
    /// <exception cref="Faults.FaultException">The text is no label selector (Invalid).</exception>
    public static LabelMatch Of(string text)
    {
        var parser = new LabelSelectorParser(text);
        parser.Parse();
        return new(parser.Requirements);
    }

    /// <summary>A selector as objects hold it (<c>meta/v1 LabelSelector</c>): <c>matchLabels</c> and <c>matchExpressions</c>.</summary>
    public static LabelMatch Of(JsonSlice selector)
    {
        var requirements = new List<LabelRequirement>();
        foreach (var label in selector["matchLabels"u8].Members)
            requirements.Add(new(label.Name, LabelOperator.In, [label.Value.AsString() ?? ""]));
        foreach (var expression in selector["matchExpressions"u8].Elements)
        {
            var values = new List<string>();
            foreach (var value in expression["values"u8].Elements)
                values.Add(value.AsString() ?? "");
            if (Enum.TryParse<LabelOperator>(expression["operator"u8].AsString(), out var comparison))
                requirements.Add(new(expression["key"u8].AsString() ?? "", comparison, values));
        }

        return new(requirements);
    }

    /// <summary>A selector of values alone, as Services hold it.</summary>
    public static LabelMatch OfLabels(JsonSlice selector)
    {
        var requirements = new List<LabelRequirement>();
        foreach (var label in selector.Members)
            requirements.Add(new(label.Name, LabelOperator.In, [label.Value.AsString() ?? ""]));
        return new(requirements);
    }

    /// <summary>True when an object with these labels meets every requirement.</summary>
    public bool Matches(JsonSlice labels)
    {
        foreach (var (key, requirement) in _requirements)
        {
            var value = labels[key];
            if (!requirement.IsMet(value.Exists ? value.AsString() : null))
                return false;
        }

        return true;
    }
}
