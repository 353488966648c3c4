using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>Whatever ends a call early cancels what is in flight, and waits for its end.</summary>
public sealed class EarlyEndTests
{
    [Fact]
    public void A_cmdlet_that_has_enough_cancels_the_rest()
    {
        var endless = new Endless { Expected = 2 };
        using var asking = new Asking(endless.Operation, "a", "b");

        var run = asking.Run("-First 3");

        Assert.Equal(3, run.Output.Count);
        endless.AssertEnded(2);
        Assert.Equal(2, asking.Report.Skipped);
    }

    [Fact]
    public void A_command_downstream_that_has_enough_cancels_the_rest()
    {
        var endless = new Endless { Expected = 2 };
        using var asking = new Asking(endless.Operation, "a", "b");

        var run = asking.Run("| Select-Object -First 2");

        Assert.Equal(2, run.Output.Count);
        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        endless.AssertEnded(2);
    }

    [Fact]
    public void A_command_downstream_that_fails_cancels_the_rest_and_its_error_goes_on()
    {
        var endless = new Endless { Expected = 2 };
        using var asking = new Asking(endless.Operation, "a", "b");

        var run = asking.Run("| ForEach-Object { throw 'downstream' }");

        Assert.Equal("downstream", run.Terminated!.Exception.Message);
        endless.AssertEnded(2);
    }

    [Fact]
    public void ErrorAction_Stop_cancels_the_rest_at_the_first_error()
    {
        var endless = new Endless();
        using var asking = new Asking(
            async (cluster, output, stop) =>
            {
                if (cluster.ClusterName == "a")
                {
                    await endless.Operation(cluster, output, stop);
                    return;
                }

                await endless.Started;
                throw new FaultException(FaultPhase.Forbidden, "no");
            },
            "a", "b");

        Assert.Equal("Kube.Forbidden", asking.Run("-ErrorAction Stop").Terminated!.Id());

        endless.AssertEnded(1);
    }

    [Fact]
    public async Task A_stop_cancels_everything()
    {
        var silent = new Endless { Writes = false, Expected = 2 };
        using var asking = new Asking(silent.Operation, "a", "b");
        using var running = asking.Start();
        await silent.Started;

        Assert.True(running.Stop().Stopped);

        silent.AssertEnded(2);
    }
}
