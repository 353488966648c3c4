using System.Globalization;

namespace MultiCluster.Objects.Selectors;

/// <summary>How a requirement compares a label.</summary>
internal enum LabelOperator
{
    /// <summary>The label has one of the values.</summary>
    In,

    /// <summary>The label has none of the values, or is not there.</summary>
    NotIn,

    /// <summary>The label is there.</summary>
    Exists,

    /// <summary>The label is not there.</summary>
    DoesNotExist,

    /// <summary>The label is a whole number above the value.</summary>
    GreaterThan,

    /// <summary>The label is a whole number below the value.</summary>
    LessThan,
}

/// <summary>One requirement of a label selector (apimachinery <c>labels.Requirement</c>).</summary>
internal readonly record struct LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>True when an object whose label has <paramref name="value"/> (null: has no such label) meets it.</summary>
    public bool IsMet(string? value) => Operator switch
    {
        LabelOperator.In => value is not null && Values.Contains(value),
        LabelOperator.NotIn => value is null || !Values.Contains(value),
        LabelOperator.Exists => value is not null,
        LabelOperator.DoesNotExist => value is null,
        LabelOperator.GreaterThan => Number(value) > Number(Values[0]),
        LabelOperator.LessThan => Number(value) < Number(Values[0]),
        _ => false,
    };

    /// <summary>The requirement as a server takes it.</summary>
    public string Text => Operator switch
    {
        LabelOperator.In => $"{Key} in ({string.Join(',', Values)})",
        LabelOperator.NotIn => $"{Key} notin ({string.Join(',', Values)})",
        LabelOperator.DoesNotExist => $"!{Key}",
        LabelOperator.GreaterThan => $"{Key}>{Values[0]}",
        LabelOperator.LessThan => $"{Key}<{Values[0]}",
        _ => Key,
    };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
