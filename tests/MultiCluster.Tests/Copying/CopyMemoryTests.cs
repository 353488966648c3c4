using MultiCluster.Tests.FanOut;

namespace MultiCluster.Tests.Copying;

/// <summary>What copies hold in memory: that of the whole process is counted, so nothing else may run meanwhile.</summary>
[Collection(nameof(LeakTests))]
public sealed class CopyMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_megabytes_go_and_are_counted()
    {
        const int Size = 100_000_000;
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1");
        await using (var big = File.Create(fleet["big"]))
            big.SetLength(Size);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var answer = await fleet.InAsync("big", "/tmp/big");

        Assert.Empty(answer.Faults);
        Assert.Equal(Size, new FileInfo(files.Locate("/tmp/big")).Length);
        Assert.InRange(answer.Call.Counts.Moved, Size, Size + 100_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Size / 4);
    }

    [Fact]
    public async Task A_hundred_megabytes_come_without_growing_memory()
    {
        const int Size = 100_000_000;
        await using var fleet = await CopyFleet.StartAsync();
        var files = fleet.Add("web-1");
        await using (var big = File.Create(files.Locate("/tmp/big")))
            big.SetLength(Size);
        GC.Collect();
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var watcher = WatchAsync();

        var answer = await fleet.OutAsync("/tmp/big", "got");
        await watching.CancelAsync();
        await watcher;

        Assert.Empty(answer.Faults);
        Assert.Equal(Size, new FileInfo(fleet["got"]).Length);
        Assert.InRange(most - before, long.MinValue, Size / 2);

        async Task WatchAsync()
        {
            while (!watching.IsCancellationRequested)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}
