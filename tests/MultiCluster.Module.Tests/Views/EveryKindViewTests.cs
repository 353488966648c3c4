namespace MultiCluster.Module.Tests.Views;

/// <summary>
/// Tables of kinds that others define, at 80, 120 and 200 columns, each against a file of its own in <c>Views/Expected/Kinds</c>: columns as
/// their projects declare them, in clusters whose names look alike.
/// </summary>
public sealed class EveryKindViewTests(KindFleet kinds) : IClassFixture<KindFleet>
{
    public static TheoryData<string> Kinds => [.. KindFleet.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_table_shows_what_its_file_says(string kind)
    {
        ExpectedScreens.Check($"Kinds/{kind}.txt", $"{string.Join("\n\n", Screen(80), Screen(120), Screen(200), Screen(200, "wide"))}\n");

        string Screen(int columns, string view = "default")
        {
            using var shell = kinds.Open();
            var rows = $"Get-KubeResource {kind.ToLowerInvariant()} -Namespace {KindFleet.Namespace} | Sort-Object ClusterName, Name";
            return $"# {columns} columns, {view}\n\n{shell.Screen($"{rows} | Format-Table -View {view}", columns)}";
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void At_80_columns_no_column_is_left_out_and_clusters_are_told_apart(string kind)
    {
        using var shell = kinds.Open();
        shell.Run($"$rows = Get-KubeResource {kind.ToLowerInvariant()} -Namespace {KindFleet.Namespace}");
        var lines = shell.Screen("$rows", 80).Split('\n');

        var labels = shell.Run("(Get-FormatData ($rows[0].pstypenames -like '*#*')[0]).FormatViewDefinition.Where({ $_.Name -eq 'default' }).Control.Headers.Label").Of<string>();
        Assert.Equal(string.Join(' ', labels), string.Join(' ', lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.EndsWith(" Age", lines[0], StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
        Assert.All(lines.Skip(2), static line => Assert.Matches(@" \d+[smhdy](\d+[smhd])?$", line));
        Assert.All(
            ViewRows.LookAlikes.Select(cluster => shell.Session.Pool.ShortNames.Of(shell.Session.Pool.Selected.Single(one => one.ClusterName == cluster).ClusterId, cluster)!),
            name => Assert.Contains(lines, line => line.StartsWith($"{name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_file_is_a_kinds() =>
        Assert.Equal(KindFleet.Kinds.Select(static kind => $"{kind}.txt").Order(StringComparer.Ordinal), Directory.EnumerateFiles(Path.Combine(ExpectedScreens.Folder, "Kinds")).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
}
