using System.Collections.Concurrent;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Clusters;

public sealed class RegisterKubeClusterEventTests(SharedFleet shared)
{
    [Fact]
    public void Events_queue_for_Wait_Event_and_Get_Event()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("""
            Register-KubeClusterEvent SelectionChanged -SourceIdentifier mine
            $null = Select-KubeCluster staging -NoConnect
            $happened = Wait-Event -SourceIdentifier mine -Timeout 60
            $happened.SourceEventArgs.ClusterEvent
            @(Get-Event -SourceIdentifier mine).Count
            """);

        var happened = Assert.IsType<ClusterEvent>(run.Output[0]);
        Assert.Equal((ClusterEventKind.SelectionChanged, "1 cluster is selected."), (happened.Kind, happened.Message));
        Assert.Equal(1, run.Output[1]);
    }

    [Fact]
    public void An_action_runs_until_it_is_unregistered()
    {
        using var shell = new Shell(shared.Fleet);

        // The other action sees that the later events came at all.
        var run = shell.Run("""
            $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
            function Wait-Seen([int] $Count) { for ($i = 0; $i -lt 2000 -and $seen.Count -lt $Count; $i++) { Start-Sleep -Milliseconds 10 } }
            Register-KubeClusterEvent SelectionChanged -SourceIdentifier acting -MessageData hello -Action { $seen.Enqueue("$($Event.MessageData) $($EventArgs.ClusterEvent.Kind)") }
            $null = Register-KubeClusterEvent SelectionChanged -SourceIdentifier other -Action { $seen.Enqueue('other') }
            $null = Select-KubeCluster staging -NoConnect
            Wait-Seen 2
            Unregister-Event -SourceIdentifier acting
            3..5 | ForEach-Object {
                $null = Select-KubeCluster $(if ($_ % 2) { 'prod-eu' } else { 'staging' }) -NoConnect
                Wait-Seen $_
            }
            """);

        Assert.IsType<PSEventJob>(Assert.Single(run.Output));
        Assert.Equal(["hello SelectionChanged", "other", "other", "other", "other"], ((ConcurrentQueue<string>)shell["seen"]!).Order());
    }

    [Fact]
    public void Nothing_is_left_behind_when_it_is_unregistered()
    {
        using var shell = new Shell(shared.Fleet);

        var run = shell.Run("""
            1..50 | ForEach-Object { Register-KubeClusterEvent -SourceIdentifier "leak$_"; Unregister-Event -SourceIdentifier "leak$_" }
            $null = Select-KubeCluster * -NoConnect
            @(Get-EventSubscriber).Count
            @(Get-Event).Count
            """);

        Assert.Equal([0, 0], run.Output);
    }
}
