using System.Globalization;

namespace MultiCluster.Benchmarks.Report;

/// <summary>Numbers as the tables show them.</summary>
internal static class Units
{
    public static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##} ms");

    public static string Seconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} s");

    public static string Mebibytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0} MiB");

    public static string Throughput(double bytesPerSecond) => string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond / 1e6:0} MB/s");

    public static string Ratio(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00}");

    public static string Count(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}");
}
