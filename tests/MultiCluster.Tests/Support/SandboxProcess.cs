using System.Diagnostics;
using System.Text;

namespace MultiCluster.Tests.Support;

/// <summary>The sandbox's program as somebody would run it, with its output in pipes, and a home and a folder for temporary files of its own.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
    private readonly Process _process = new();
    private readonly StringBuilder _output = new();
    private Task<string> _error = Task.FromResult("");

    public SandboxProcess()
    {
        Home = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName;
        Temporary = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        foreach (var name in (string[])["NO_COLOR", "KUBECONFIG", "MULTICLUSTER_PWSH", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"])
            _process.StartInfo.Environment.Remove(name);
        Set("HOME", Home);
        Set("TMPDIR", Temporary);
    }

    /// <summary>How its command line begins.</summary>
    public static IReadOnlyList<string> Program { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "MultiCluster.Sandbox.Commands.dll")];

    public string Home { get; }

    public string Temporary { get; }

    /// <summary>What is typed into it.</summary>
    public string Input { get; init; } = "";

    /// <summary>Sets an environment variable, before it is started.</summary>
    public void Set(string name, string value) => _process.StartInfo.Environment[name] = value;

    /// <summary>Writes a file, which goes with the process.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Start(params IEnumerable<string> command)
    {
        var start = _process.StartInfo;
        start.FileName = command.First();
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process.Start();
        _process.StandardInput.Write(Input);
        _process.StandardInput.Close();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Reads its output until a line has this in it.</summary>
    public async Task ReadToAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _output.Append(line).Append('\n');
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }
        Assert.Fail($"'{text}' has not come:\n{_output}{await _error}");
    }

    /// <summary>Sends a signal, such as INT, to it alone.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has ended, and all that it started: only then the pipes end.</summary>
    public async Task<SandboxResult> EndAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        var error = await _error;
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new SandboxResult(_process.ExitCode, _output.ToString().ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>How it ended, and what it wrote.</summary>
internal sealed record SandboxResult(int ExitCode, string Output, string Error);
