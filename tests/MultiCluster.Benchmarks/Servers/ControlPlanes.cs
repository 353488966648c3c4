using System.Diagnostics;
using MultiCluster.Benchmarks.Measuring;

namespace MultiCluster.Benchmarks.Servers;

/// <summary>Real API servers with pods in them, started by the scripts in tests/control-plane and stopped at the end.</summary>
internal sealed class ControlPlanes : IAsyncDisposable
{
    public const int Clusters = 3;
    public const int Pods = 5000;

    private const string AssetsVariable = "KUBEBUILDER_ASSETS";
    private const string RunVariable = "MULTICLUSTER_BENCHMARK_RUN";
    private const string PortVariable = "MULTICLUSTER_BENCHMARK_PORT";

    private readonly string _run;
    private readonly bool _kept;

    private ControlPlanes(string run, bool kept, IReadOnlyList<string> kubeconfigs)
    {
        _run = run;
        _kept = kept;
        Kubeconfigs = kubeconfigs;
    }

    /// <summary>A kubeconfig for each, with a token.</summary>
    public IReadOnlyList<string> Kubeconfigs { get; }

    /// <summary>Starts the servers and fills them. With MULTICLUSTER_BENCHMARK_RUN they stay, and serve the next run too.</summary>
    /// <exception cref="NotMeasuredException">There are no binaries.</exception>
    public static async Task<ControlPlanes> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(AssetsVariable) is not { Length: > 0 })
            throw new NotMeasuredException($"{AssetsVariable} names no folder with kube-apiserver and etcd (tests/control-plane/get.sh makes one)");
        var kept = Environment.GetEnvironmentVariable(RunVariable) is { Length: > 0 };
        var run = kept ? Environment.GetEnvironmentVariable(RunVariable)! : Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
        var port = Environment.GetEnvironmentVariable(PortVariable) ?? "18640";
        var started = await ScriptAsync("up.sh", run, Clusters.ToString(System.Globalization.CultureInfo.InvariantCulture), port);
        var kubeconfigs = started.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(path => Path.Combine(Path.GetDirectoryName(path)!, "admin-token.kubeconfig")).ToArray();
        var planes = new ControlPlanes(run, kept, kubeconfigs);
        try
        {
            await Task.WhenAll(RawClient.Of(kubeconfigs).Select(client => PodLoader.FillAsync(client, Pods)));
            return planes;
        }
        catch
        {
            await planes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_kept)
            return;
        await ScriptAsync("down.sh", _run);
        Directory.Delete(_run, recursive: true);
    }

    private static async Task<string> ScriptAsync(string script, params string[] arguments)
    {
        // The servers outlive the script and would hold its pipes open: its output goes through a file.
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("bash", ["-c", "out=$1; shift; exec bash \"$@\" > \"$out\" < /dev/null", "bash", output, Path.Combine(Repository.ControlPlaneScripts, script), .. arguments]);
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{script} ended with {process.ExitCode}.");
            return await File.ReadAllTextAsync(output);
        }
        finally
        {
            File.Delete(output);
        }
    }
}
