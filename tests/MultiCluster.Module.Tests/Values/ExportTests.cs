using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Values;

/// <summary>Objects as rows of a file.</summary>
public sealed class ExportTests(SharedFleet shared)
{
    [Fact]
    public void An_objects_line_begins_with_its_place_and_no_cell_is_the_name_of_a_type()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            foreach ($kind in (Get-KubeApiResource | Where-Object { $_.Verbs -contains 'list' }).Name | Sort-Object -Unique) {
                $lines = Get-KubeResource $kind -AllNamespaces -First 3 | ConvertTo-Csv
                if ($lines -and $lines[0] -notlike '"ClusterName","ClusterId","Namespace","Name",*') { throw "$kind $($lines[0])" }
                $rows = $lines | ConvertFrom-Csv
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
    public void An_age_is_seconds_in_a_file_and_days_for_people()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            $pod = Get-KubeResource pod -AllNamespaces | Sort-Object Age -Descending | Select-Object -First 1
            $age = $pod.Age
            "$age", ('{0}' -f $age), ($age | Out-String).Trim() -match '^\d+[yd]' | ForEach-Object { $_.Length -lt 8 }
            $row = $pod | ConvertTo-Csv | ConvertFrom-Csv
            [Math]::Abs($row.Age - $age.TotalSeconds) -lt 60
            [Math]::Abs($age.TotalDays - ([timespan]$age).TotalDays) + [Math]::Abs($age.TotalHours - $age.TotalDays * 24) + [Math]::Abs($age.TotalMinutes - $age.TotalHours * 60) -lt 0.01
            $pod | Export-Clixml pod.xml
            $back = (Import-Clixml pod.xml).Age
            "$back" -eq "$age" -and [Math]::Abs($back.TotalDays - $age.TotalDays) -lt 1
            """);

        Assert.Empty(run.Errors);
        Assert.Equal([true, true, true, true, true, true], run.Output);
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
