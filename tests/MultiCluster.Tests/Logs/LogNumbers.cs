using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Logs;

/// <summary>The numbers of lines that the simulator writes by itself.</summary>
internal static partial class LogNumbers
{
    public static int Of(string line) => int.Parse(Number().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("seq\"?[=:]([0-9]+)")]
    private static partial Regex Number();
}
