using System.Diagnostics;
using System.Globalization;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>Simulated clusters in a child process.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Simulator(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>A kubeconfig with a context for each cluster: <c>sim-1</c>, <c>sim-2</c>...</summary>
    public string Kubeconfig => Path.Combine(_folder, "benchmarks");

    public static async Task<Simulator> StartAsync(int clusters, int pods)
    {
        var folder = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? new[] { typeof(Simulator).Assembly.Location } : [],
                SimulatorServer.Command, Path.Combine(folder, "benchmarks"), clusters.ToString(CultureInfo.InvariantCulture), pods.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var simulator = new Simulator(Process.Start(start)!, folder);
        await simulator.WaitAsync();
        return simulator;
    }

    /// <summary>Sets what is wrong: how long a list of pods takes, how many clusters (the last) are black holes, and how many (before those) refuse logins.</summary>
    public async Task SetAsync(int latency = 0, int dead = 0, int refusing = 0)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{latency} {dead} {refusing}"));
        await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync() is null)
            throw new InvalidOperationException("The simulator ended.");
    }
}
