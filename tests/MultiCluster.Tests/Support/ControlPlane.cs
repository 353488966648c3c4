using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MultiCluster.Tests.Support;

/// <summary>Real API servers (kube-apiserver and etcd), started through tests/control-plane for the tests of one class.</summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private readonly string _run;

    private ControlPlane(string run, IReadOnlyList<string> kubeconfigs)
    {
        _run = run;
        Kubeconfigs = kubeconfigs;
    }

    /// <summary>Why real servers cannot be started here; null when they can.</summary>
    public static string? Missing
    {
        get
        {
            if (Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is not { Length: > 0 } assets)
                return "KUBEBUILDER_ASSETS is not set: run tests/control-plane/get.sh and set it to the folder that it prints.";
            return File.Exists(Path.Combine(assets, "kube-apiserver")) ? null : $"KUBEBUILDER_ASSETS has no kube-apiserver: {assets}";
        }
    }

    /// <summary>The admin kubeconfig of each server; those of the other users lie beside it (see up.sh).</summary>
    public IReadOnlyList<string> Kubeconfigs { get; }

    /// <summary>PEM file of the servers' certificate authority.</summary>
    public string CaFile => Path.Combine(_run, "ca.crt");

    /// <summary>Starts servers and waits until they are ready.</summary>
    /// <param name="servers">How many.</param>
    /// <param name="controllerManager">True to run kube-controller-manager too.</param>
    /// <param name="extraFlags">More flags for kube-apiserver.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<ControlPlane> StartAsync(int servers = 1, bool controllerManager = false, string extraFlags = "", CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var run = Directory.CreateTempSubdirectory("multicluster-control-plane-").FullName;
            try
            {
                var output = await RunAsync(
                    "up.sh",
                    [run, $"{servers}", $"{FreeBasePort(servers)}"],
                    new() { ["KCM"] = controllerManager ? "1" : "0", ["EXTRA"] = extraFlags },
                    cancellationToken);
                return new ControlPlane(run, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
            catch (Exception e)
            {
                await StopAsync(run);

                // Somebody may have taken a port since it was found free.
                if (attempt == 3 || !e.Message.Contains("address already in use", StringComparison.Ordinal))
                    throw;
            }
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_run);

    private static async Task StopAsync(string run)
    {
        await RunAsync("down.sh", [run], [], CancellationToken.None);
        Directory.Delete(run, recursive: true);
    }

    private static async Task<string> RunAsync(string script, string[] arguments, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        // The scripts' servers outlive them and must not hold a pipe of ours, so the output goes to files.
        var output = Path.GetTempFileName();
        var start = new ProcessStartInfo("bash") { UseShellExecute = false };
        foreach (var argument in new[] { "-c", "exec bash \"$0\" \"${@:2}\" > \"$1\" 2> \"$1.err\" < /dev/null", Path.Combine(ScriptFolder(), script), output }.Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output + ".err", cancellationToken)}");
            return await File.ReadAllTextAsync(output, cancellationToken);
        }
        finally
        {
            File.Delete(output);
            File.Delete(output + ".err");
        }
    }

    private static string ScriptFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MultiCluster.sln"))) return Path.Combine(folder.FullName, "tests", "control-plane");
        throw new InvalidOperationException("The tests do not run from the solution's folders.");
    }

    private static int FreeBasePort(int servers)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = 20_000 + (10 * Random.Shared.Next(1_000));
            if (Enumerable.Range(port, 10 * servers).All(IsFree)) return port;
        }
        throw new InvalidOperationException("No free range of ports was found.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
