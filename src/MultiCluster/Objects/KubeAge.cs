using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MultiCluster.Objects.Paths;

namespace MultiCluster.Objects;

/// <summary>
/// A span of time that prints as kubectl prints ages (<c>47s</c>, <c>5m12s</c>, <c>3d4h</c>) and compares with a <see cref="TimeSpan"/>
/// or a text of that form, so that <c>Where-Object Age -lt 10m</c> reads as it is said. A cell of Export-Csv is the number of seconds.
/// </summary>
[SuppressMessage("Usage", "CA2225", Justification = "ToTimeSpan and the constructor are the named alternates.")]
public readonly struct KubeAge : IComparable<KubeAge>, IComparable, IEquatable<KubeAge>, IFormattable, IPathRoot
{
    private readonly TimeSpan _value;

    /// <summary>The age of that length.</summary>
    public KubeAge(TimeSpan value) => _value = value;

    /// <summary>The span in seconds. The only property: ConvertTo-Json writes all that a value has (docs/decisions/csv-and-json.md).</summary>
    public double TotalSeconds => _value.TotalSeconds;

    /// <summary>The span.</summary>
    public static implicit operator TimeSpan(KubeAge age) => age._value;

    /// <summary>The age of that length.</summary>
    public static implicit operator KubeAge(TimeSpan value) => new(value);

    /// <inheritdoc cref="CompareTo(KubeAge)"/>
    public static bool operator <(KubeAge left, KubeAge right) => left._value < right._value;

    /// <inheritdoc cref="CompareTo(KubeAge)"/>
    public static bool operator >(KubeAge left, KubeAge right) => left._value > right._value;

    /// <inheritdoc cref="CompareTo(KubeAge)"/>
    public static bool operator <=(KubeAge left, KubeAge right) => left._value <= right._value;

    /// <inheritdoc cref="CompareTo(KubeAge)"/>
    public static bool operator >=(KubeAge left, KubeAge right) => left._value >= right._value;

    /// <summary>Equality of the spans.</summary>
    public static bool operator ==(KubeAge left, KubeAge right) => left._value == right._value;

    /// <summary>Inequality of the spans.</summary>
    public static bool operator !=(KubeAge left, KubeAge right) => left._value != right._value;

    /// <summary>Reads <c>30s</c>, <c>10m</c>, <c>3d4h</c>, <c>1y20d</c>, or a TimeSpan's own form.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static KubeAge Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':', StringComparison.Ordinal))
            return new(span);
        var total = TimeSpan.Zero;
        var number = 0;
        var digits = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && digits < 9)
            {
                number = (number * 10) + (letter - '0');
                digits++;
                continue;
            }

            if (digits == 0 || UnitOf(letter) is not { } unit)
                throw NotAnAge(text);
            total += unit * number;
            number = digits = 0;
        }

        return digits == 0 && text.Length > 0 ? new(total) : throw NotAnAge(text);
    }

    /// <inheritdoc/>
    public int CompareTo(KubeAge other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        KubeAge age => CompareTo(age),
        TimeSpan span => _value.CompareTo(span),
        string text => CompareTo(Parse(text)),
        _ => throw new ArgumentException($"An age does not compare with a {obj.GetType().Name}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(KubeAge other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is KubeAge age && Equals(age);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The span.</summary>
    public TimeSpan ToTimeSpan() => _value;

    /// <summary>The whole seconds, which sort and add up wherever they are read. Whoever formats it, as <c>"$age"</c> does, gets kubectl's form.</summary>
    public override string ToString() => ((long)_value.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>kubectl's form (apimachinery <c>duration.HumanDuration</c>), whatever the format.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        var seconds = (long)_value.TotalSeconds;
        if (seconds < -1)
            return "<invalid>";
        if (seconds < 60 * 2)
            return $"{Math.Max(0, seconds)}s";
        var minutes = seconds / 60;
        if (minutes < 10)
            return Pair(minutes, "m", seconds % 60, "s");
        if (minutes < 60 * 3)
            return $"{minutes}m";
        var hours = minutes / 60;
        if (hours < 8)
            return Pair(hours, "h", minutes % 60, "m");
        if (hours < 48)
            return $"{hours}h";
        var days = hours / 24;
        if (hours < 24 * 8)
            return Pair(days, "d", hours % 24, "h");
        if (hours < 24 * 365 * 2)
            return $"{days}d";
        var years = days / 365;
        return hours < 24 * 365 * 8 ? Pair(years, "y", days % 365, "d") : $"{years}y";
    }

    /// <summary>What PowerShell has by the types file, for paths: <c>Select-Object age.totalDays</c>.</summary>
    bool IPathRoot.TryGetField(string name, out object? value)
    {
        value = name.ToUpperInvariant() switch
        {
            "TOTALDAYS" => _value.TotalDays,
            "TOTALHOURS" => _value.TotalHours,
            "TOTALMINUTES" => _value.TotalMinutes,
            "TOTALSECONDS" => _value.TotalSeconds,
            _ => null,
        };
        return value is not null;
    }

    private static string Pair(long first, string firstUnit, long second, string secondUnit) =>
        second == 0 ? $"{first}{firstUnit}" : $"{first}{firstUnit}{second}{secondUnit}";

    private static TimeSpan? UnitOf(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        'y' => TimeSpan.FromDays(365),
        _ => null,
    };

    private static FormatException NotAnAge(string text) =>
        new($"'{text}' is no age. Write it in quotes, as '30s', '10m', '3d4h' or '1.12:00:00': PowerShell reads a bare 30s or 1d as a number.");
}
