using System.Management.Automation.Language;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Completion;

/// <summary>What holds for all that is completed: it can be used as it stands, and no line makes it fail.</summary>
public sealed class AnyCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("my cluster")]
    [InlineData("list[x]")]
    [InlineData("kubernetes-admin@kubernetes")]
    [InlineData("arn:aws:eks:eu-west-1:123456789012:cluster/prod")]
    [InlineData("it's mine")]
    [InlineData("$cluster")]
    [InlineData("007")]
    [InlineData("-x")]
    [InlineData("a*b")]
    [InlineData("semi;colon")]
    [InlineData("it’s curly")]
    public void A_name_is_quoted_so_that_it_can_be_used(string name)
    {
        using var shell = new Shell(shared.Fleet);
        shell.WriteContexts("strange", "staging", name, "list[y]", "another");
        var begun = $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}"[..3];

        var text = shell.Offers($"Get-KubeCluster -Kubeconfig ./strange -Name {begun}")
            .Select(static offer => offer.CompletionText).Single(text => name.Equals(shell.Run($"Write-Output {text}").Output[0]));

        Assert.Equal(name, Assert.Single(shell.Run($"Get-KubeCluster -Kubeconfig ./strange -Name {text}").Of<KubeCluster>()).ClusterName);
        Assert.Empty(shell.Run($"Select-KubeCluster -Kubeconfig ./strange -NoConnect -Name {text}").Errors);
        var selected = Assert.Single(shell.Offers("Get-KubeNamespace -Cluster ")).CompletionText;
        Assert.Equal(name, Assert.Single(shell.Run($"Get-KubeNamespace kube-system -Cluster {selected}").Of<KubeNamespace>()).ClusterName);
    }

    /// <summary>Words that are the user's own, or whose place is a file: nothing better is known than what PowerShell offers.</summary>
    private static readonly string[] Own =
    [
        "Path", "Kubeconfig", "CertificateAuthority", "ClientCertificate", "ClientKey", "InputObject", "Server", "TlsServerName", "ProxyUrl", "Alias", "AliasPattern", "Tag",
        "SourceIdentifier", "Include", "Exclude", "MaxUnavailable", "RemoveFinalizer", "ApiVersion", "Subresource", "Symbol",
        "LiteralPath", "NewName", "FromFile", "Image", "Command", "JsonPath", "Shell", "ShellPath", "StandardInput", "DetachKeys", "ContainerName",
    ];

    [Fact]
    public void Where_something_better_is_known_no_files_are_offered()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("""
            foreach ($command in Get-Command -Module MultiCluster) {
                foreach ($parameter in $command.Parameters.get_Values()) {
                    if ($parameter.ParameterType -in [string], [string[]], [object[]] -and
                        -not ($parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] -or $_ -is [ValidateSet] }) -and
                        $parameter.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters) { "$($command.Name) -$($parameter.Name)" }
                }
            }
            """);

        Assert.Equal(["Add-KubeCluster -Name", "Add-KubeCluster -Namespace", "Export-KubeReport -Title", "New-KubeResource -Name"], run.Of<string>().Where(static one => !Own.Contains(one.Split('-')[^1])));
    }

    [Theory]
    [InlineData("Get-KubeResource nosuchkind nam")]
    [InlineData("Get-KubeResource pod -Cluster nosuch -Namespace w")]
    [InlineData("Get-KubeResource pod -Cluster 7 -n w")]
    [InlineData("Get-KubeResource pod -Cluster $x -n w")]
    [InlineData("Select-KubeCluster -Kubeconfig /no/such/file x")]
    [InlineData("Select-KubeCluster '")]
    [InlineData("Select-KubeCluster [")]
    [InlineData("Get-KubeResource pod -LabelSelector (")]
    [InlineData("Get-KubeResource pod -LabelSelector 'a in (b,")]
    [InlineData("Get-KubeResource pod -LabelSelector 'a in b")]
    [InlineData("Get-KubeResource pod -LabelSelector ,,=")]
    [InlineData("Get-KubeResource nosuchkind -FieldSelector a=")]
    [InlineData("Get-KubeEvent -Reason [")]
    [InlineData("Get-KubeResource `")]
    public void No_line_makes_it_fail(string line)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        shell["line"] = line;

        var run = shell.Run("$Error.Clear(); $null = TabExpansion2 $line $line.Length; $Error.Count");

        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal([0], run.Output);
    }
}
