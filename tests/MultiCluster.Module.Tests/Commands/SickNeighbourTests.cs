using System.Management.Automation;
using System.Text;
using MultiCluster.Module.Tests.Commands.Helm;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands;

/// <summary>Whatever is wrong with one cluster, every command shows of the others what it shows without that one.</summary>
public sealed class SickNeighbourTests : IAsyncLifetime
{
    private const string Sick = "sick";
    private const string Unforeseen = "throws what nobody foresaw";

    private static readonly FleetOptions Three = new() { Clusters = 3, Names = ["east", Sick, "west"], Pods = 6, Metrics = true };

    private SimulatedFleet _fleet = null!;

    /// <summary>What may be wrong with a cluster, by the name that a failed test shows.</summary>
    private static readonly Dictionary<string, Func<ClusterFault>> Causes = new()
    {
        ["refuses connections"] = ClusterFault.Refuse,
        ["refuses the login"] = ClusterFault.Unauthorized,
        ["allows nothing"] = ClusterFault.Forbidden,
        ["has no memory"] = ClusterFault.InternalError,
        ["is a proxy's page"] = static () => ClusterFault.ProxyPage(200),
        ["is cut"] = static () => ClusterFault.Truncate(40),
        ["is reset"] = static () => ClusterFault.ResetAfter(40),
        ["becomes garbage"] = static () => ClusterFault.MalformedJson(40),
        ["says nothing"] = static () => Says(""),
        ["says null"] = static () => Says("null"),
        ["says an array"] = static () => Says("[]"),
        ["says numbers"] = static () => Says("""{"kind":7,"items":7,"gitVersion":7,"resources":7,"status":7,"rows":7}"""),
        ["says what is no text"] = static () => Says("""{"kind":"\ud800","items":[{"metadata":{"name":"\ud800"}}],"gitVersion":"\ud800"}"""),
        ["says null for every item"] = static () => Says("""{"kind":"List","items":[null],"resources":[null],"groups":[null],"rows":[null],"columnDefinitions":[null],"status":{"resourceRules":[null]}}"""),
        [Unforeseen] = static () => ClusterFault.Latency(TimeSpan.Zero),
        ["is something else"] = static () => Says("""{"kind":"Status","status":"Failure","details":{"causes":[null],"retryAfterSeconds":-1},"code":"x"}""", 500),
    };

    /// <summary>Reading commands of every kind; each writes texts that are the same in every run.</summary>
    private static readonly string[] Reads =
    [
        "Select-KubeCluster $them -Add -PassThru | ForEach-Object { \"$($_.ClusterName) $($_.State) $($_.Version) $($_.Distribution)\" }",
        "Test-KubeCluster | ForEach-Object { \"$($_.ClusterName) $($_.State) $($_.Version)\" }",
        "Get-KubeApiResource | ForEach-Object { \"$($_.ClusterName) $($_.ApiVersion) $($_.Kind) $($_.Verbs)\" }",
        "Get-KubeNamespace | ForEach-Object { \"$($_.ClusterName) $($_.Name)\" }",
        "Get-KubeResource pod,deployment,node,widgets -AllNamespaces | ForEach-Object { \"$($_.ClusterName) $($_.Kind) $($_.Namespace) $($_.Name) $($_.Uid)\" }",
        "Get-KubeEvent -AllNamespaces | ForEach-Object { \"$($_.ClusterName) $($_.Uid)\" }",
        "Get-KubePodDisruption -AllNamespaces | ForEach-Object { \"$($_.ClusterName) $($_.Name)\" }",
        "Get-KubeRollout -AllNamespaces | ForEach-Object { \"$($_.ClusterName) $($_.Kind) $($_.Name) $($_.State) $($_.Revision)\" }",
        "Test-KubeAccess get,delete pod,widgets -AllNamespaces | ForEach-Object { \"$($_.ClusterName) $($_.Verb) $($_.Resource) $($_.Allowed)\" }",
        "Get-KubeLog -AllNamespaces -Tail 1 | ForEach-Object { \"$($_.ClusterName) $($_.Namespace) $($_.Pod) $($_.Container)\" }",
        "Get-KubeLog -AllNamespaces -Tail 1 -AsJob | Receive-Job -Wait -AutoRemoveJob | ForEach-Object { \"$($_.ClusterName) $($_.Namespace) $($_.Pod) $($_.Container)\" }",
        "Wait-KubeResource node -ForRollout -WaitSec 5 | Where-Object ClusterName -ne sick | ForEach-Object { \"$($_.ClusterName) $($_.Name)\" }",
        "Watch-KubeResource pod -AllNamespaces | Where-Object ClusterName -ne sick | Select-Object -First $pods | ForEach-Object { \"$($_.ClusterName) $($_.Type) $($_.Name)\" }",
        "Invoke-KubeDrain * -WhatIf -IgnoreDaemonSet -Force -DeleteEmptyDirData | ForEach-Object { \"$($_.ClusterName) $($_.Node) $($_.Going) $($_.Blocked)\" }",
        "Get-KubeHelmRelease -AllNamespaces | ForEach-Object { \"$($_.ClusterName) $($_.Name)\" }",
        "Find-KubeResource *a* | ForEach-Object { \"$($_.ClusterName) $($_.Kind) $($_.Namespace) $($_.Name)\" } | Sort-Object",
        "Get-KubeRelation deployment * -AllNamespaces -Depth 2 | ForEach-Object { \"$($_.ClusterName) $($_.From) $($_.Relation) $($_.To)\" }",
        "Get-KubeClusterDiagnostic | ForEach-Object { $_.ClusterName }",
        "Get-KubeMetric node | ForEach-Object { \"$($_.ClusterName) $($_.Name) $($_.Memory)\" }",
        "Measure-KubeResource -AllNamespaces | Where-Object ClusterName -ne sick | ForEach-Object { \"$($_.ClusterName) $($_.Count) $($_.CpuRequest) $($_.MemoryUsed)\" }",
        "Compare-KubeResource deployment -AllNamespaces | Where-Object Path | ForEach-Object { \"$($_.Namespace) $($_.Name) $($_.Path) $($_.Values.Where({ $_.ClusterName -ne 'sick' }))\" }",
        "Get-KubeImage -AllNamespaces | ForEach-Object { \"$($_.Name) $($_.Clusters.Where({ $_ -ne 'sick' }))\" }",
    ];

    private static readonly string[] Completed = ["Get-KubeResource wid", "Get-KubeResource pod -Namespace ", "Get-KubeResource node ", "Test-KubeAccess get dep"];

    public static TheoryData<string> Sicknesses => [.. Causes.Keys];

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(Three, TestContext.Current.CancellationToken);
        foreach (var cluster in _fleet.Clusters)
            cluster.AddRelease("web", "cache", 1, "deployed");
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [MemberData(nameof(Sicknesses))]
    public async Task What_is_read_and_offered_of_the_others_is_what_it_is_without_it(string sickness)
    {
        using var alone = Of("east", "west");
        var expected = Reads.Select(command => Shown(alone.Run(command))).ToList();
        var offers = Completed.Select(line => Texts(alone.Offers(line))).ToList();
        Assert.All(expected, Assert.NotEmpty);
        using var shell = Of("east", "west", Sick);
        await FallAsync(shell, sickness);

        List<ShellRun> runs = [];
        foreach (var (command, wanted) in Reads.Zip(expected))
        {
            runs.Add(shell.Run(command));
            AssertShown(command, wanted, runs[^1]);
        }

        Assert.Contains(runs, static run => run.Errors.Count > 0);
        foreach (var (line, wanted) in Completed.Zip(offers))
            shell.Offers(line, came => Texts(came).Except(["'\ufffd'"]).SequenceEqual(wanted)); // the sick one's own name of an object
    }

    [Theory]
    [InlineData("refuses connections")]
    [InlineData("refuses the login")]
    [InlineData("is cut")]
    [InlineData("says numbers")]
    [InlineData("says null for every item")]
    [InlineData(Unforeseen)]
    public async Task What_is_changed_in_the_others_is_what_is_without_it(string sickness)
    {
        await using var twin = await SimulatedFleet.StartAsync(Three, TestContext.Current.CancellationToken);
        foreach (var cluster in twin.Clusters.Concat(_fleet.Clusters))
            cluster.Controllers.PodTerminationTime = TimeSpan.FromMilliseconds(10);
        using var alone = new Shell(twin).Select("east", "west");
        using var shell = Of("east", "west", Sick);
        await FallAsync(shell, sickness);

        foreach (var command in (string[])
        [
            "Update-KubeResource configmap * -AllNamespaces -Label @{ a = 'b' } -PassThru | ForEach-Object { \"$($_.ClusterName) $($_.Namespace) $($_.Name) $($_.Labels.a)\" }",
            "Remove-KubeResource configmap * -AllNamespaces -PassThru -Confirm:$false | ForEach-Object { \"$($_.ClusterName) $($_.Namespace) $($_.Name)\" }",
            "Invoke-KubeDrain * -AsJob -IgnoreDaemonSet -Force -DeleteEmptyDirData -DisableEviction -Confirm:$false | Receive-Job -Wait -AutoRemoveJob | ForEach-Object { \"$($_.ClusterName) $($_.Node) $($_.State) $($_.Deleted)\" }",
        ])
            AssertShown(command, Shown(alone.Run(command)), shell.Run(command));
        Assert.All((string[])["east", "west"], name => Assert.Equal(twin[name].Store.Count("pods"), _fleet[name].Store.Count("pods")));
    }

    /// <summary>A session on some of the clusters that has asked them nothing yet.</summary>
    private Shell Of(params string[] names)
    {
        var shell = new Shell(_fleet).Select(names);
        shell["them"] = names;
        shell["pods"] = _fleet["east"].Store.Count("pods") + _fleet["west"].Store.Count("pods");
        return shell;
    }

    private async Task FallAsync(Shell shell, string sickness)
    {
        _fleet[Sick].Faults.Add(Causes[sickness]());
        if (sickness == Unforeseen)
            await shell.Selected.Single(static cluster => cluster.ClusterName == Sick).Connection!.Session.Client.DisposeAsync(); // from now on it throws what no call expects
    }

    private static void AssertShown(string command, IReadOnlyList<string> wanted, ShellRun run)
    {
        Assert.NotEmpty(wanted);
        Assert.True(wanted.SequenceEqual(Shown(run)), $"{command} shows\n{string.Join('\n', Shown(run))}\ninstead of\n{string.Join('\n', wanted)}\n{string.Join('\n', run.Texts)}");
        Assert.Null(run.Terminated);
        Assert.All(run.Errors, static error => Assert.Equal(Sick, error.Fault().Cluster?.ClusterName));
    }

    /// <summary>What was shown of the others; how the clusters' answers mix is not what is looked at.</summary>
    private static List<string> Shown(ShellRun run) =>
        [.. run.Output.Select(static line => $"{line}").Where(static line => line != Sick && !line.StartsWith($"{Sick} ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Texts(IEnumerable<CompletionResult> offers) => offers.Select(static offer => offer.CompletionText);

    private static ClusterFault Says(string json, int status = 200) => ClusterFault.Says(Encoding.UTF8.GetBytes(json), status);
}
