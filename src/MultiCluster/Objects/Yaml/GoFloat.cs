using System.Globalization;

namespace MultiCluster.Objects.Yaml;

/// <summary>A real number as a key, in the way of sigs.k8s.io/yaml: Go's <c>FormatFloat(key, 'g', -1, 32)</c>, of seven digits or so.</summary>
internal static class GoFloat
{
    public static string Text(string number)
    {
        var value = (float)double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        var sign = float.IsNegative(value) ? "-" : "";
        if (!float.IsFinite(value))
            return $"{sign}.inf";
        var (digits, exponent) = YamlNumber.Canonical(value.ToString("R", CultureInfo.InvariantCulture));
        var power = digits.Length + exponent - 1;
        return sign + (digits.Length == 0 ? "0"
            : power is < -4 or >= 6 ? $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}"
            : power < 0 ? $"0.{new string('0', -power - 1)}{digits}"
            : exponent >= 0 ? digits + new string('0', exponent)
            : $"{digits[..(power + 1)]}.{digits[(power + 1)..]}");
    }
}
