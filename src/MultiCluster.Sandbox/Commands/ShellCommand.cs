using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MultiCluster.Sandbox.Commands;

/// <summary><c>shell</c>: runs clusters, and a PowerShell in front of them.</summary>
internal static class ShellCommand
{
    public static async Task<int> RunAsync(CommandOptions options)
    {
        if (FindOnPath("pwsh") is not { } pwsh)
        {
            await Console.Error.WriteLineAsync(
                "There is no pwsh on PATH. Install PowerShell 7.6 (https://aka.ms/powershell), or use 'up' and set KUBECONFIG in a shell of your own.");
            return 1;
        }
        var module = options.Text("module") ?? FindModule();
        if (module is null || !Path.Exists(module))
        {
            await Console.Error.WriteLineAsync($"The module is not at {module ?? "out/MultiCluster"}. Build it with ./build.ps1, or say where it is with --module <path>.");
            return 1;
        }

        // Ctrl+C belongs to the shell.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        await using var session = await SandboxSession.StartAsync(options);
        var start = new ProcessStartInfo(pwsh) { UseShellExecute = false };
        start.ArgumentList.Add("-NoLogo");
        start.ArgumentList.Add("-NoExit");
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add("Import-Module -Name $env:MULTICLUSTER_MODULE");
        start.Environment["MULTICLUSTER_MODULE"] = Path.GetFullPath(module);
        start.Environment["KUBECONFIG"] = session.Kubeconfig;
        using var shell = Process.Start(start)!;
        await shell.WaitForExitAsync();
        return shell.ExitCode;
    }

    private static string? FindOnPath(string command)
    {
        var name = OperatingSystem.IsWindows() ? command + ".exe" : command;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The module that the build puts next to the solution.</summary>
    private static string? FindModule()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MultiCluster.sln"))) return Path.Combine(folder.FullName, "out", "MultiCluster");
        return null;
    }
}
