using System.Globalization;
using MultiCluster.Faults;

namespace MultiCluster.Nodes;

/// <summary>A number of nodes, or a percentage of them: <c>3</c>, <c>25%</c>.</summary>
public readonly record struct IntOrPercent
{
    private readonly int _value;
    private readonly bool _isPercentage;

    private IntOrPercent(int value, bool isPercentage)
    {
        _value = value;
        _isPercentage = isPercentage;
    }

    /// <summary>One node.</summary>
    public static IntOrPercent One => new(1, false);

    /// <summary>Reads a number above 0, or a percentage from 1 to 100.</summary>
    /// <exception cref="FaultException">The text is neither (Invalid).</exception>
    public static IntOrPercent Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var isPercentage = trimmed.EndsWith('%');
        if (int.TryParse(isPercentage ? trimmed[..^1] : trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 && (!isPercentage || value <= 100))
            return new(value, isPercentage);
        throw new FaultException(FaultPhase.Invalid, $"'{text}' is no number of nodes", "Give -MaxUnavailable a number above 0, or a percentage such as 25%.");
    }

    /// <summary>How many of <paramref name="nodes"/> nodes that is: percentages are rounded down, and it is one at least.</summary>
    public int Of(int nodes) => Math.Max(1, _isPercentage ? (int)((long)nodes * _value / 100) : _value);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, _value)}{(_isPercentage ? "%" : "")}");
}
