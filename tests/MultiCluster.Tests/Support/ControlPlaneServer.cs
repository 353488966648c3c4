using System.Diagnostics;

namespace MultiCluster.Tests.Support;

/// <summary>One API server of a <see cref="ControlPlane"/>, to be stopped and started again over the same etcd.</summary>
internal sealed class ControlPlaneServer
{
    private readonly string _folder;
    private readonly string[] _command;

    /// <summary>The server whose admin kubeconfig this is.</summary>
    public ControlPlaneServer(string kubeconfig)
    {
        _folder = Path.GetDirectoryName(kubeconfig)!;
        _command = File.ReadAllText($"/proc/{Id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private string PidFile => Path.Combine(_folder, "apiserver.pid");

    private int Id => int.Parse(File.ReadAllText(PidFile), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Kills it, as a machine that fails does.</summary>
    public async Task StopAsync()
    {
        using var process = Process.GetProcessById(Id);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts it with the same command line; it is not ready yet. The stop script finds it by its process id.</summary>
    public void StartAgain()
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("setsid \"${@:2}\" >> \"$0/apiserver.log\" 2>&1 < /dev/null & echo $! > \"$1\"");
        foreach (var argument in (string[])[_folder, PidFile, .. _command])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
    }
}
