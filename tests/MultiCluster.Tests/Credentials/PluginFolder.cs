using System.Diagnostics;
using System.Globalization;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Credentials;

/// <summary>A temporary folder with exec plugins: shell scripts that count their runs.</summary>
internal sealed class PluginFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multicluster-plugins").FullName;

    public PluginFolder() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Neither Windows nor wine runs shell scripts, which the plugins are.");

    /// <summary>How often plugins have run.</summary>
    public int Runs => Lines("runs").Length;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Full path of a file in the folder.</summary>
    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>Lines that the plugins wrote into a file.</summary>
    public string[] Lines(string name) => System.IO.File.Exists(File(name)) ? System.IO.File.ReadAllLines(File(name)) : [];

    /// <summary>A plugin with the given shell code; <c>$dir</c> is the folder.</summary>
    public ExecConfig Plugin(
        string code,
        string[]? args = null,
        string apiVersion = "client.authentication.k8s.io/v1",
        string interactiveMode = "Never",
        bool provideClusterInfo = false,
        params KeyValuePair<string, string>[] env)
    {
        var script = File($"plugin-{Guid.NewGuid():N}.sh");
        System.IO.File.WriteAllText(script, $"dir='{_folder}'\necho run >> \"$dir/runs\"\n{code}\n");
        return new ExecConfig
        {
            ApiVersion = apiVersion,
            Command = "sh",
            Args = [script, .. args ?? []],
            InteractiveMode = interactiveMode,
            ProvideClusterInfo = provideClusterInfo,
            Env = env,
        };
    }

    /// <summary>Shell code that prints a credential.</summary>
    public static string Print(string token, DateTimeOffset? expires = null, string apiVersion = "client.authentication.k8s.io/v1") =>
        $$$"""
        cat <<END
        {"kind":"ExecCredential","apiVersion":"{{{apiVersion}}}","status":{"token":"{{{token}}}"{{{Expiry(expires)}}}}}
        END
        """;

    /// <summary>
    /// Shell code that tells the test that it runs, and whose end the test can see: the pipe "alive" ends when the script and all its
    /// children are gone.
    /// </summary>
    public string Announce() => $"exec 3> '{Pipe("alive")}'; echo started >&3";

    /// <summary>Shell code that waits until <see cref="ReleaseAsync"/>.</summary>
    public string Wait(string pipe = "go") => $"cat '{Pipe(pipe)}' > /dev/null";

    /// <summary>Waits for <see cref="Announce"/>.</summary>
    public async Task<StreamReader> StartedAsync(CancellationToken cancellationToken)
    {
        var alive = new StreamReader(await OpenAsync("alive", FileAccess.Read, cancellationToken));
        Assert.Equal("started", await alive.ReadLineAsync(cancellationToken));
        return alive;
    }

    /// <summary>Lets a plugin go on that waits.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken, string pipe = "go") =>
        await (await OpenAsync(pipe, FileAccess.Write, cancellationToken)).DisposeAsync();

    private static string Expiry(DateTimeOffset? expires) => expires is null
        ? ""
        : $",\"expirationTimestamp\":\"{expires.Value.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\"";

    // Opening a pipe waits for its other end.
    private Task<FileStream> OpenAsync(string pipe, FileAccess access, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => new FileStream(File(pipe), FileMode.Open, access, FileShare.ReadWrite, bufferSize: 1),
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default).WaitAsync(cancellationToken);

    private string Pipe(string name)
    {
        if (!System.IO.File.Exists(File(name)))
        {
            using var mkfifo = Process.Start("mkfifo", File(name));
            mkfifo.WaitForExit();
            Assert.Equal(0, mkfifo.ExitCode);
        }

        return File(name);
    }
}
