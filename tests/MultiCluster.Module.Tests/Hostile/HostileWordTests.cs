using System.Management.Automation;
using System.Management.Automation.Language;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Hostile;

/// <summary>Clusters that put hostile texts wherever a server can put one: what the cmdlets show of them is harmless, and nothing of it is run.</summary>
public sealed class HostileWordTests(HostileFleet fleet) : IClassFixture<HostileFleet>
{
    /// <summary>What a user types; its output is shown in every form that it has.</summary>
    public static TheoryData<string> Commands =>
    [
        "Get-KubeCluster -Kubeconfig $files",
        "Get-KubeCluster -Selected",
        "Test-KubeCluster",
        "Get-KubeClusterDiagnostic",
        "Get-KubeNamespace",
        "Get-KubeApiResource",
        "Get-KubeResource pod -AllNamespaces",
        "Get-KubeResource node",
        "Get-KubeResource deployment, replicaset, statefulset, daemonset -AllNamespaces",
        "'deployment', 'replicaset', 'statefulset', 'daemonset', 'job', 'cronjob' | ForEach-Object { Get-KubeResource $_ -AllNamespaces }",
        "'service', 'ingress', 'endpointslice', 'configmap', 'secret', 'serviceaccount' | ForEach-Object { Get-KubeResource $_ -AllNamespaces }",
        "'persistentvolume', 'persistentvolumeclaim', 'storageclass', 'horizontalpodautoscaler', 'poddisruptionbudget' | ForEach-Object { Get-KubeResource $_ -AllNamespaces }",
        "'networkpolicy', 'role', 'clusterrole', 'rolebinding', 'clusterrolebinding', 'event', 'customresourcedefinition' | ForEach-Object { Get-KubeResource $_ -AllNamespaces }",
        "'priorityclass', 'ingressclass', 'apiservice', 'gadgets', 'certificates' | ForEach-Object { Get-KubeResource $_ -AllNamespaces }",
        "Get-KubeResource pod -AllNamespaces -MetadataOnly",
        "(Get-KubeResource pod -AllNamespaces -First 20).Labels",
        "Get-KubeResource nosuch, gadget, lease -AllNamespaces",
        "Get-KubeResource pod nosuch -Namespace default",
        "Get-KubeEvent -AllNamespaces",
        "Get-KubeLog -AllNamespaces -AllContainers",
        "Get-KubeLog -AllNamespaces -AsJson -Timestamps",
        "Get-KubeLog -AllNamespaces -Follow -IncludeNotice -TimeoutSec 1",
        "Watch-KubeResource pod, gadget, nosuch -AllNamespaces -IncludeNotice -TimeoutSec 1",
        "Watch-KubeEvent -AllNamespaces -Since 1000d -IncludeNotice -TimeoutSec 1",
        "Watch-KubeResource pod -AllNamespaces -AsJob -TimeoutSec 1 | Wait-Job | Receive-Job",
        "Watch-KubeResource nosuch -AllNamespaces -AsJob -TimeoutSec 1 | Wait-Job; (Get-Job).ChildJobs",
        "Get-KubePodDisruption -AllNamespaces",
        "Test-KubeAccess list, delete pod",
        "Get-KubeHelmRelease -AllNamespaces",
        "Find-KubeResource *",
        "Get-KubeRelation pod * -AllNamespaces -Depth 2",
        "Get-KubeRelation pod * -AllNamespaces -Depth 2 -As Mermaid",
        "Invoke-KubeDrain * -WhatIf",
        "(Invoke-KubeDrain * -WhatIf).Pods",
        "Invoke-KubeDrain * -Force -IgnoreDaemonSet -DeleteEmptyDirData -IncludeEvent -Confirm:$false -NodeTimeoutSec 1 -DryRun",
        "Invoke-KubeDrain * -Force -IgnoreDaemonSet -DeleteEmptyDirData -DisableEviction -Confirm:$false -NodeTimeoutSec 1",
        "Get-KubeDrain",
        "Suspend-KubeNode * -PassThru",
        "Resume-KubeNode * -WhatIf",
        "Remove-KubeResource gadget * -AllNamespaces -WhatIf",
        "Remove-KubeResource gadget * -AllNamespaces -PassThru -Confirm:$false",
        "Remove-KubeResource gadget * -AllNamespaces",
        "Update-KubeResource gadget * -AllNamespaces -Label @{ a = 'b' } -WhatIf",
        "(Update-KubeResource gadget * -AllNamespaces -Merge @{ metadata = @{ labels = $null; annotations = $null } } -DryRun).Changes",
        "Update-KubeResource pod * -AllNamespaces -Image @{ nosuch = 'x' }",
        "Restart-KubeWorkload deployment * -AllNamespaces -WhatIf",
        "Get-KubeResource gadget -AllNamespaces | Copy-KubeResource -ToNamespace default -WhatIf",
        "'{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}' | Invoke-KubeApply -WhatIf",
        "Set-KubeCluster * -Group a -WhatIf",
        "Get-KubeFanOut -Last 9; (Get-KubeFanOut -Last 9).Clusters; (Get-KubeFanOut -Last 9).FailedClusters",
        "Get-KubeResource pod -AllNamespaces | ConvertTo-KubeYaml -KeepManagedFields",
        "Get-KubeResource pod -AllNamespaces -First 5 -Verbose -Debug",
        "(Get-KubeResource pod -AllNamespaces -First 20) | Get-KubeLog -Verbose",
        "Export-Clixml copy -InputObject (Get-KubeResource gadget, pod -AllNamespaces); Import-Clixml copy",
    ];

    /// <summary>Lines at whose end Tab offers names; a name that a terminal may show is among them.</summary>
    public static TheoryData<string> Lines =>
    [
        "Get-KubeResource pod -Namespace default ", "Get-KubeResource pod -Namespace ", "Get-KubeLog -Namespace default ", "Get-KubeLog -Namespace default -Container ",
        "Select-KubeCluster -Kubeconfig quoted ", "Suspend-KubeNode ", "Get-KubePodDisruption -Namespace default ", "Set-KubeNamespace ",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_shown_is_harmless(string command)
    {
        fleet.Shell.Host.Answers = ["Yes to All"];
        var run = fleet.Shell.Run($"$global:it = @({command})");

        Check("streams", TextsOf(run));
        fleet.Shell["errors"] = run.Errors;
        foreach (var form in new[]
        {
            "$it", "$it | Format-List", "try { $it | Format-Table -View wide } catch { \"$_\" }", "$it | Format-Wide",
            "$it | Where-Object { $_ -isnot [System.Management.Automation.Job] } | Format-Custom", // of a job it shows all that PowerShell keeps in there
            "$it | Out-String -Width 80", "$errors", "$ErrorView = 'NormalView'; $errors", "$errors | Get-Error",
        })
            Check(form, [fleet.Shell.Screen(form, 2000)]);
        CheckNothingRan();
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_Tab_offers_is_one_constant_text(string line)
    {
        var offers = fleet.Shell.Offers(line, static offers => HostileText.Scripts.All(script => offers.Any(offer => offer.ListItemText == script)));

        Check(line, offers.SelectMany(static offer => new[] { offer.CompletionText, offer.ListItemText, offer.ToolTip }));
        Assert.All(offers, static offer => Assert.Equal(offer.ListItemText, Argument($"x {offer.CompletionText}")));
        CheckNothingRan();
    }

    [Theory]
    [InlineData("Get-KubeResource ")]
    [InlineData("Get-KubeResource pod -AllNamespaces ")]
    [InlineData("Get-KubeResource pod -Cluster ")]
    public void What_a_terminal_must_not_get_is_not_offered(string line) =>
        Check(line, fleet.Shell.Complete(line).SelectMany(static offer => new[] { offer.CompletionText, offer.ListItemText, offer.ToolTip }));

    [Fact]
    public void Objects_keep_the_true_value()
    {
        var pods = fleet.Shell.Run("Get-KubeResource pod -AllNamespaces").Of<KubePod>();

        Assert.Equal(fleet.Texts.Count, pods.Select(static pod => pod.ClusterId).Distinct().Count());
        Assert.All(pods.Where(static pod => pod.Namespace != "default"), pod => Assert.EndsWith(fleet.Texts[pod.ClusterId], pod.Name, StringComparison.Ordinal));
    }

    /// <summary>The one argument of a command, which is a constant.</summary>
    private static string Argument(string script)
    {
        var whole = Parser.ParseInput(script, out _, out var errors);
        Assert.Empty(errors);
        var command = Assert.IsType<CommandAst>(Assert.Single(Assert.IsType<PipelineAst>(Assert.Single(whole.EndBlock.Statements)).PipelineElements));
        return Assert.IsType<StringConstantExpressionAst>(Assert.Single(command.CommandElements.Skip(1))).Value;
    }

    private static IEnumerable<string> TextsOf(ShellRun run) =>
    [
        .. run.Warnings, .. run.Verbose, .. run.Debug, .. run.Information.Select(static record => $"{record.MessageData}"),
        .. run.Progress.SelectMany(static record => new[] { record.Activity, record.StatusDescription, record.CurrentOperation ?? "" }),
        .. run.Errors.Append(run.Terminated).OfType<ErrorRecord>().SelectMany(static error => new[]
        {
            $"{error}", $"{error.CategoryInfo}", error.ErrorDetails?.RecommendedAction ?? "", $"{error.Exception}", error.FullyQualifiedErrorId,
        }),
    ];

    private void Check(string what, IEnumerable<string> texts)
    {
        string[] harms = [.. texts.Concat(fleet.Shell.Host.Texts).Select(static text => HostileText.Harm(text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal))).OfType<string>().Distinct().Take(3)];
        Assert.True(harms.Length == 0, $"{what} shows {string.Join('\n', harms)}");
    }

    private void CheckNothingRan()
    {
        Assert.False(File.Exists(fleet.Shell.File(HostileText.Trace)), "A text wrote a file.");
        Assert.Null(fleet.Shell[HostileText.Trace]);
    }
}
