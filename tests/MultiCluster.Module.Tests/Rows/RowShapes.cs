using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Rows;

/// <summary>What becomes of an object between the command that read it and the one that it is piped into.</summary>
internal static class RowShapes
{
    /// <summary>Scripts that turn <c>$read</c> into rows.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["live"] = "$read",
        ["metadata only"] = "$read | ForEach-Object { Get-KubeResource $_.Kind $_.Name -AllNamespaces -Cluster $_.ClusterName -MetadataOnly }",
        ["CliXml"] = "$read | Export-Clixml row.xml; Import-Clixml row.xml",
        ["shallow CliXml"] = "$read | Export-Clixml row.xml -Depth 1; Import-Clixml row.xml",
        ["CSV"] = "$read | Export-Csv row.csv; Import-Csv row.csv",
        ["CSV of some columns"] = "$read | Select-Object ClusterId, Kind, Namespace, Name, Uid | Export-Csv row.csv; Import-Csv row.csv",
        ["JSON"] = "$read | ConvertTo-Json -Depth 3 -WarningAction Ignore | ConvertFrom-Json",
        ["its own JSON"] = "$read | ForEach-Object { $cluster = $_.ClusterId; $_.ToJson() | ConvertFrom-Json | Add-Member ClusterId $cluster -PassThru } | ForEach-Object { $_ | Add-Member kind $read[0].Kind -Force -PassThru }",
        ["Select-Object"] = "$read | Select-Object clusterid, apiversion, kind, namespace, name, uid",
        ["Select-Object without uid"] = "$read | Select-Object ClusterId, Kind, Namespace, Name",
        ["hashtable"] = "$read | ForEach-Object { @{ clusterId = $_.ClusterId; kind = $_.Kind; namespace = $_.Namespace; name = $_.Name; uid = $_.Uid } }",
        ["model"] = "$read | ConvertTo-KubeModel",
        ["model in CliXml"] = "$read | ConvertTo-KubeModel | Export-Clixml row.xml; Import-Clixml row.xml",
        ["change of a watch"] = "$read | Watch-KubeResource -First 1",
        ["change of a watch in CSV"] = "$read | Watch-KubeResource -First 1 | Export-Csv row.csv; Import-Csv row.csv",
    };

    /// <summary>Reads one object and leaves it as <c>$row</c> in that shape.</summary>
    public static void Have(this Shell shell, string shape, string read)
    {
        var run = shell.Run($"$read = @({read}); $row = {{ {All[shape]} }}.Invoke()");
        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal(1, shell.Run("$read.Count, @($row).Count").Output.Cast<int>().Max());
    }
}
