namespace MultiCluster.Copying;

/// <summary>Bytes in words.</summary>
internal static class CopySize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary><c>12 B</c>, <c>1.5 MB</c>: a thousand of a unit are the next one.</summary>
    public static string Of(long bytes, IFormatProvider culture)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.5 && unit < Units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        return string.Create(culture, $"{value.ToString(unit == 0 || value >= 99.95 ? "0" : "0.0", culture)} {Units[unit]}");
    }
}
