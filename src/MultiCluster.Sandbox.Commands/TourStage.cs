using System.IO.Pipes;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox.Changes;
using MultiCluster.Sandbox.Faults;

namespace MultiCluster.Sandbox.Commands;

/// <summary>
/// What befalls the clusters between two commands of the tour. The tour asks for it by a line in a pipe, such as <c>dev: login expired</c>, and is
/// answered <c>done</c> or why not. The pipe's end tells it that the sandbox has gone.
/// </summary>
internal sealed partial class TourStage : IAsyncDisposable
{
    private readonly SimulatedFleet _fleet;
    private readonly List<Churn> _churns = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly NamedPipeServerStream _pipe;
    private readonly Task _serving;

    public TourStage(SimulatedFleet fleet)
    {
        _fleet = fleet;
        // Short, since on Unix it becomes a socket's path.
        PipeName = $"multicluster-{Path.GetRandomFileName()}";
        _pipe = new NamedPipeServerStream(
            PipeName, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        _serving = ServeAsync();
    }

    public string PipeName { get; }

    /// <summary>Ends the pipe, by which the tour knows that it must end.</summary>
    public Task CloseAsync()
    {
        _stop.Cancel();
        return _serving;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var churn in _churns) await churn.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            await _pipe.WaitForConnectionAsync(_stop.Token);
            using var reader = new StreamReader(_pipe, leaveOpen: true);
            await using var writer = new StreamWriter(_pipe, leaveOpen: true) { AutoFlush = true };
            while (await reader.ReadLineAsync(_stop.Token) is { } line) await writer.WriteLineAsync(Perform(line));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The tour has gone, or must go.
        }
        finally
        {
            await _pipe.DisposeAsync();
        }
    }

    private string Perform(string line)
    {
        if (Direction().Match(line) is not { Success: true } direction) return $"'{line}' is not '<cluster>, <cluster>: <what>'";
        var names = direction.Groups[1].Value.Split(", ");
        if (names.Except(_fleet.Clusters.Select(cluster => cluster.Name)).FirstOrDefault() is { } unknown) return $"there is no cluster {unknown}";
        foreach (var name in names)
            if (!Perform(_fleet[name], direction.Groups[2].Value)) return $"nobody knows how to do '{direction.Groups[2].Value}'";
        return "done";
    }

    private bool Perform(SimulatedCluster cluster, string what)
    {
        switch (what)
        {
            case "login expired":
                cluster.Faults.Add(ClusterFault.Unauthorized());
                return true;
            case "hangs":
                cluster.Faults.Add(ClusterFault.NeverAnswer());
                return true;
            case "a canary rolls out":
                _churns.Add(Churn.Start(
                    cluster, new ChurnOptions { Namespace = "web", PodName = "storefront-canary", Objects = 4, WritesPerSecond = 2, Seed = _churns.Count }));
                return true;
            default:
                return false;
        }
    }

    [GeneratedRegex("^([^:]+): (.+)$")]
    private static partial Regex Direction();
}
