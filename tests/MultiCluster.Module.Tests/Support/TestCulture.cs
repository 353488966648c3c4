using System.Globalization;
using System.Runtime.CompilerServices;

namespace MultiCluster.Module.Tests.Support;

/// <summary>
/// The language of all tests, whatever the system's: English, for which PowerShell breaks a table's lines at words as it does for most of its users,
/// with the invariant culture's dates and numbers, which are the same everywhere.
/// </summary>
internal static class TestCulture
{
    public static CultureInfo English { get; } = new("en") { DateTimeFormat = DateTimeFormatInfo.InvariantInfo, NumberFormat = NumberFormatInfo.InvariantInfo };

    [ModuleInitializer]
    internal static void Set() => CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = English;
}
