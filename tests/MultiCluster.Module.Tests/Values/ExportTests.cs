using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Values;

/// <summary>Objects as rows of a file.</summary>
public sealed class ExportTests(SharedFleet shared)
{
    [Fact]
    public void No_cell_of_an_object_is_the_name_of_a_type()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            foreach ($kind in (Get-KubeApiResource | Where-Object { $_.Verbs -contains 'list' }).Name | Sort-Object -Unique) {
                $rows = Get-KubeResource $kind -AllNamespaces -First 3 | ConvertTo-Csv | ConvertFrom-Csv
                "$kind $(@($rows).Count)"
                foreach ($row in $rows) {
                    foreach ($cell in $row.PSObject.Properties | Where-Object Value -match '^(System|MultiCluster)\.') { throw "$kind $($cell.Name) $($cell.Value)" }
                }
            }
            """);

        Assert.Null(run.Terminated);
        Assert.True(run.Output.Count(static line => !$"{line}".EndsWith(" 0", StringComparison.Ordinal)) > 15, string.Join(", ", run.Output));
    }

    [Fact]
    public void Lists_are_joined_and_amounts_and_maps_are_as_the_server_wrote_them()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            $node = Get-KubeResource node | Where-Object { $_.Roles } | Select-Object -First 1
            $row = $node | ConvertTo-Csv | ConvertFrom-Csv
            $row.Roles -eq ($node.Roles -join ';')
            ($row.Capacity | ConvertFrom-Json).memory -eq "$($node.Capacity.memory)"
            $row.ClusterId -eq $node.ClusterId -and $row.Name -eq $node.Name -and $row.Kind -eq 'Node' -and $row.ApiVersion -eq 'v1' -and $row.Uid -eq $node.Uid
            ($node | ConvertTo-Json -Depth 4 | ConvertFrom-Json).Status.capacity.memory -eq "$($node.Capacity.memory)"
            """);

        Assert.Empty(run.Errors);
        Assert.Equal([true, true, true, true], run.Output);
    }
}
