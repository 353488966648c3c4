using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MultiCluster.Objects;

/// <summary>
/// An amount of a resource, read exactly: <c>1.5Gi</c>, <c>100m</c>, <c>1e3</c>, <c>2n</c>. It prints as the server wrote it and
/// compares by value, also with numbers and texts, so that <c>Where-Object Capacity -gt 10Gi</c> reads as it is said.
/// </summary>
/// <remarks>The format is that of Kubernetes' <c>resource.Quantity</c>.</remarks>
[SuppressMessage("Usage", "CA2225", Justification = "Value, the constructor and Parse are the named alternates.")]
public readonly struct Quantity : IComparable<Quantity>, IComparable, IEquatable<Quantity>, IFormattable
{
    private readonly string? _text;

    /// <summary>The quantity of that value.</summary>
    public Quantity(decimal value) => Value = value;

    private Quantity(decimal value, string text)
        : this(value) => _text = text;

    /// <summary>The value in units: cores, bytes, pieces.</summary>
    public decimal Value { get; }

    private bool IsBinary => _text is [.., 'i'];

    /// <summary>The quantity of that value.</summary>
    public static implicit operator Quantity(int value) => new(value);

    /// <summary>The quantity of that value.</summary>
    public static implicit operator Quantity(long value) => new(value);

    /// <summary>The quantity of that value.</summary>
    public static implicit operator Quantity(decimal value) => new(value);

    /// <summary>The quantity nearest to that value.</summary>
    /// <exception cref="OverflowException">The value is beyond 7.9e28.</exception>
    public static explicit operator Quantity(double value) => new((decimal)value);

    /// <summary>The value: what <c>Measure-Object -Sum</c> adds.</summary>
    public static explicit operator double(Quantity quantity) => (double)quantity.Value;

    /// <summary>The value.</summary>
    public static explicit operator decimal(Quantity quantity) => quantity.Value;

    /// <summary>The value, if it is a whole one: PowerShell compares <c>2 -lt $quantity</c> by it, and half a core is not none.</summary>
    /// <exception cref="OverflowException">The value has a fraction, or is too large.</exception>
    public static explicit operator long(Quantity quantity) => (long)quantity.Whole(long.MinValue, long.MaxValue);

    /// <summary>The value, if it is a whole one.</summary>
    /// <exception cref="OverflowException">The value has a fraction, or is too large.</exception>
    public static explicit operator int(Quantity quantity) => (int)quantity.Whole(int.MinValue, int.MaxValue);

    /// <summary>The sum, in the notation of the first that is not zero, as Kubernetes adds: <c>64Mi</c> and <c>64Mi</c> are <c>128Mi</c>.</summary>
    public static Quantity operator +(Quantity left, Quantity right)
    {
        if (left.Value == 0)
            return right;
        if (right.Value == 0)
            return left;
        var sum = left.Value + right.Value;
        return new(sum, QuantityText.Of(sum, left.IsBinary));
    }

    /// <inheritdoc cref="CompareTo(Quantity)"/>
    public static bool operator <(Quantity left, Quantity right) => left.Value < right.Value;

    /// <inheritdoc cref="CompareTo(Quantity)"/>
    public static bool operator >(Quantity left, Quantity right) => left.Value > right.Value;

    /// <inheritdoc cref="CompareTo(Quantity)"/>
    public static bool operator <=(Quantity left, Quantity right) => left.Value <= right.Value;

    /// <inheritdoc cref="CompareTo(Quantity)"/>
    public static bool operator >=(Quantity left, Quantity right) => left.Value >= right.Value;

    /// <summary>Equality of the values: <c>1Gi</c> is <c>1024Mi</c>.</summary>
    public static bool operator ==(Quantity left, Quantity right) => left.Value == right.Value;

    /// <summary>Inequality of the values.</summary>
    public static bool operator !=(Quantity left, Quantity right) => left.Value != right.Value;

    /// <summary>Reads a quantity.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static Quantity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var quantity)
            ? quantity
            : throw new FormatException($"'{text}' is no quantity. Write it as 500m, 2, 1.5Gi or 1e3.");
    }

    /// <summary>Reads a quantity; false when the text is none or its value is beyond 7.9e28.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Quantity quantity)
    {
        quantity = default;
        if (string.IsNullOrEmpty(text))
            return false;
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (end == 0 && text[end] is '+' or '-')))
            end++;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text.AsSpan(0, end), Style, CultureInfo.InvariantCulture, out var number)
            || FactorOf(text.AsSpan(end)) is not { } factor)
            return false;
        try
        {
            quantity = new(number * factor, text);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Quantity quantity => CompareTo(quantity),
        string text => CompareTo(Parse(text)),
        IConvertible number => Value.CompareTo(number.ToDecimal(CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"A quantity does not compare with a {obj.GetType().Name}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(Quantity other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Quantity quantity && Equals(quantity);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The text it was read from; a sum's in the notation of what was added; else the plain number.</summary>
    public override string ToString() => _text ?? Value.ToString("0.#########", CultureInfo.InvariantCulture);

    /// <summary>
    /// As <c>kubectl top</c> writes what is used: with <c>m</c> as thousandths, rounded up, and with <c>Mi</c> as whole mebibytes; else as
    /// <see cref="ToString()"/> does.
    /// </summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        "m" => string.Create(CultureInfo.InvariantCulture, $"{Thousandths}m"),
        "Mi" => string.Create(CultureInfo.InvariantCulture, $"{decimal.Truncate(Value / (1024 * 1024))}Mi"),
        _ => ToString(),
    };

    /// <summary>The value in thousandths, rounded up as Kubernetes does (<c>Quantity.MilliValue</c>).</summary>
    internal decimal Thousandths => decimal.Ceiling(Value * 1000);

    private decimal Whole(long least, long most) =>
        decimal.IsInteger(Value) && Value >= least && Value <= most
            ? Value
            : throw new OverflowException($"{this} has a fraction, or is too large for a whole number of that type. Compare the quantity with the number ($quantity -gt 1GB), or convert it to [double].");

    private static decimal? FactorOf(ReadOnlySpan<char> suffix) => suffix switch
    {
        "" => 1m,
        "n" => 1e-9m,
        "u" => 1e-6m,
        "m" => 1e-3m,
        "k" => 1e3m,
        "M" => 1e6m,
        "G" => 1e9m,
        "T" => 1e12m,
        "P" => 1e15m,
        "E" => 1e18m,
        "Ki" => 1024m,
        "Mi" => 1024m * 1024,
        "Gi" => 1024m * 1024 * 1024,
        "Ti" => 1024m * 1024 * 1024 * 1024,
        "Pi" => 1024m * 1024 * 1024 * 1024 * 1024,
        "Ei" => 1024m * 1024 * 1024 * 1024 * 1024 * 1024,
        ['e' or 'E', .. var exponent] => PowerOfTen(exponent),
        _ => null,
    };

    private static decimal? PowerOfTen(ReadOnlySpan<char> exponent)
    {
        if (!int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > 28)
            return null;
        var factor = 1m;
        for (var step = 0; step < Math.Abs(power); step++)
            factor = power > 0 ? factor * 10 : factor / 10;
        return factor;
    }
}
