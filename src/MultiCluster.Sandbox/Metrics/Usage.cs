using System.Globalization;

namespace MultiCluster.Sandbox.Metrics;

/// <summary>What is used of processors and memory, in metrics-server's units: billionths of a core, and 1,024 bytes.</summary>
internal sealed record Usage(long Nanocores, long Kibibytes)
{
    private static readonly (string Suffix, decimal Factor)[] Units =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("n", 1e-9m), ("u", 1e-6m), ("m", 1e-3m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("", 1m),
    ];

    public static Usage None { get; } = new(0, 0);

    public string Cpu => Nanocores == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{Nanocores}n");

    public string Memory => string.Create(CultureInfo.InvariantCulture, $"{Kibibytes}Ki");

    public static Usage Parse(string cpu, string memory) => new((long)(Number(cpu) * 1e9m), (long)(Number(memory) / 1024));

    /// <summary>The value of a quantity as people write it: <c>250m</c>, <c>1.5Gi</c>.</summary>
    public static decimal Number(string quantity)
    {
        var (suffix, factor) = Units.First(unit => quantity.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return decimal.Parse(quantity[..^suffix.Length], CultureInfo.InvariantCulture) * factor;
    }

    public static Usage operator +(Usage one, Usage other) => new(one.Nanocores + other.Nanocores, one.Kibibytes + other.Kibibytes);
}
