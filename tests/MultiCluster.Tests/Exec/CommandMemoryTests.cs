using MultiCluster.Exec;
using MultiCluster.FanOut;
using MultiCluster.Tests.FanOut;

namespace MultiCluster.Tests.Exec;

/// <summary>What commands hold in memory: that of the whole process is counted, so nothing else may run meanwhile.</summary>
[Collection(nameof(LeakTests))]
public sealed class CommandMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_megabytes_of_output_fill_no_memory()
    {
        await using var fleet = await CommandFleet.StartAsync();
        await using var run = fleet.Start(CommandFleet.Query("head", "-c", "100M", "/dev/zero") with { AsBytes = true });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long bytes = 0, most = 0;
        await foreach (var item in run.Run.Items.ReadAllAsync(Stop))
        {
            if (item is not FanOutObjects<KubeCommandOutput> some)
                continue;
            bytes += some.Objects.Sum(static piece => (long)piece.Bytes.Length);
            if (bytes / (10 << 20) > (bytes - some.Objects.Sum(static piece => (long)piece.Bytes.Length)) / (10 << 20))
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.Equal(100L << 20, bytes);
        Assert.True(most - before < 64L << 20, $"{(most - before) >> 20} MiB were held.");
    }
}
