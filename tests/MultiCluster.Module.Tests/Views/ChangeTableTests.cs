using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;

namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of what was changed.</summary>
public sealed class ChangeTableTests : IAsyncLifetime
{
    private DrainFleet _drained = null!;

    private Shell Shell => _drained.Shell;

    public async ValueTask InitializeAsync() => _drained = await DrainFleet.StartAsync(new StoppedClock());

    public ValueTask DisposeAsync() => _drained.DisposeAsync();

    [Fact]
    public void Cordoned_nodes() => Shell.AssertShows("Suspend-KubeNode node-1 -PassThru | Sort-Object ClusterName", """
        ClusterName Name   State                    Roles Age Version
        ----------- ----   -----                    ----- --- -------
        sim-1       node-1 Ready,SchedulingDisabled       0s
        sim-2       node-1 Ready,SchedulingDisabled       0s
        """);

    [Fact]
    public void Uncordoned_nodes() => Shell.AssertShows("Resume-KubeNode node-1 -PassThru | Sort-Object ClusterName", """
        ClusterName Name   State Roles Age Version
        ----------- ----   ----- ----- --- -------
        sim-1       node-1 Ready       0s
        sim-2       node-1 Ready       0s
        """);

    [Fact]
    public void Drained_nodes() => Shell.AssertShows("Invoke-KubeDrain node-1 -Confirm:$false | Sort-Object ClusterName", """
        ClusterName       Node           State     Gone Left      s Reason
        -----------       ----           -----     ---- ----      - ------
        sim-1             node-1         Drained      3    0      #
        sim-2             node-1         Drained      3    0      #
        """, "s");

    [Fact]
    public void A_node_that_was_left_alone()
    {
        _drained.Fleet["sim-1"].AddPod("single", "node-1", owner: "");

        Shell.AssertShows("Invoke-KubeDrain node-1 -Cluster sim-1 -Confirm:$false -ErrorAction Ignore", """
            ClusterName       Node           State     Gone Left      s Reason
            -----------       ----           -----     ---- ----      - ------
            sim-1             node-1         Blocked      0    4      # Pod web/single has no controller (-Force lets it go).
            """, "s");
    }

    [Fact]
    public void What_happened_in_a_drain()
    {
        _drained.Fleet["sim-1"].AddNode("node-3");
        _drained.Fleet["sim-1"].AddPod("web-3-0", "node-3");

        Shell.AssertShows("Invoke-KubeDrain node-3 -Cluster sim-1 -Confirm:$false -IncludeEvent", """
            ClusterName       Time     Node             Phase      Pod and reason
            -----------       ----     ----             -----      --------------
            sim-1             ##:##:## node-3           Cordoned
            sim-1             ##:##:## node-3           Evicted    web/web-3-0
            sim-1             ##:##:## node-3           Gone       web/web-3-0

            ClusterId     : sandbox:sim-1
            ClusterName   : sim-1
            Node          : node-3
            State         : Drained
            Evicted       : 1
            Deleted       : 0
            Skipped       : 0
            Remaining     : 0
            RemainingPods : {}
            StartedAt     : ##/##/#### ##:##:##
            Elapsed       : ##:##:##
            LeftCordoned  : True
            Reason        :
            Fault         :
            DryRun        : False
            HasFailed     : False
            """);
    }

    [Fact]
    public void A_drain_that_runs()
    {
        Begin();

        Shell.AssertShows("Get-KubeDrain -Running", """
            ClusterName        Id Node           State         Gone     s WaitsFor or reason
            -----------        -- ----           -----         ----     - ------------------
            sim-1               1 node-1         Waiting     0 of 3     #
            """, "s");
    }

    [Fact]
    public void A_drain_that_was_stopped()
    {
        Begin();

        Shell.AssertShows("$drains = Stop-KubeDrain 1 -PassThru; $null = Wait-Job $job; $drains", """
            ClusterName        Id Node           State         Gone     s WaitsFor or reason
            -----------        -- ----           -----         ----     - ------------------
            sim-1               1 node-1         Cancelled   0 of 3     # It was stopped by Stop-KubeDrain.
            """, "s");
    }

    [Fact]
    public void Removed_objects()
    {
        _drained.Fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"free","namespace":"web"} }""");
        _drained.Fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"web","finalizers":["example.com/one","example.com/two"]} }""");

        Shell.AssertShows("Remove-KubeResource configmap free, held -n web -Cluster sim-1 -PassThru -Confirm:$false | Sort-Object Name", """
            ClusterName       Kind      Namespace  Name              Outcome     Finalizers
            -----------       ----      ---------  ----              -------     ----------
            sim-1             ConfigMap web        free              Gone
            sim-1             ConfigMap web        held              Terminating example.com/one, example.com/two
            """);
    }

    [Fact]
    public void Applied_objects()
    {
        _drained.Fleet["sim-2"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app","namespace":"web"},"data":{"key":"old","more":"old"} }""");

        Shell.AssertShows("'{apiVersion: v1, kind: ConfigMap, metadata: {name: app, namespace: web}, data: {key: new, more: new}}' | Invoke-KubeApply -Force | Sort-Object ClusterName", """
            ClusterName       Kind       Namespace Name          Outcome    Message
            -----------       ----       --------- ----          -------    -------
            sim-1             ConfigMap  web       app           Created
            sim-2             ConfigMap  web       app           Configured data.key: old -> new, and 1 more
            """);
        Shell.AssertShows("(Update-KubeResource configmap app -n web -Cluster sim-2 -Merge @{ data = @{ key = 'newer'; more = $null } } -WhatIf).Changes", """
            Path                               Old                  New
            ----                               ---                  ---
            data.key                           new                  newer
            data.more                          new
            """);
    }

    /// <summary>Begins a drain whose pods take their time.</summary>
    private void Begin()
    {
        _drained.PodsEndAfter(TimeSpan.FromMinutes(5));
        Shell.Run("$job = Invoke-KubeDrain node-1 -Cluster sim-1 -Confirm:$false -AsJob");
        Eventually.True(() => Shell.Run("Get-KubeDrain").Of<KubeDrain>() is [{ State: DrainState.Waiting }], "The pods are not waited for.");
    }
}
