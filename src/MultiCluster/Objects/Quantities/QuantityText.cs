using System.Globalization;

namespace MultiCluster.Objects;

/// <summary>Amounts as Kubernetes writes them: with the largest unit that needs no fraction.</summary>
/// <remarks><c>Quantity.CanonicalizeBytes</c> in apimachinery <c>pkg/api/resource/quantity.go</c>.</remarks>
internal static class QuantityText
{
    private static readonly (string Suffix, decimal Unit)[] Binary =
    [
        ("Ei", 1024m * 1024 * 1024 * 1024 * 1024 * 1024), ("Pi", 1024m * 1024 * 1024 * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024),
        ("Gi", 1024m * 1024 * 1024), ("Mi", 1024m * 1024), ("Ki", 1024m), ("", 1m),
    ];

    private static readonly (string Suffix, decimal Unit)[] Decimal =
    [
        ("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("", 1m), ("m", 1e-3m), ("u", 1e-6m), ("n", 1e-9m),
    ];

    public static string Of(decimal value, bool binary)
    {
        foreach (var (suffix, unit) in binary && decimal.IsInteger(value) ? Binary : Decimal)
        {
            if (value % unit == 0)
                return (value / unit).ToString("0", CultureInfo.InvariantCulture) + suffix;
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}
