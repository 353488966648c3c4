using System.Diagnostics;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Whole PowerShell processes with a home of their own: no profile, no kubeconfig, no preferences of whoever runs this.</summary>
internal sealed class PowerShell : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
    private readonly string _program;

    /// <exception cref="NotMeasuredException">There is no PowerShell, or no module.</exception>
    public PowerShell()
    {
        _program = Find("pwsh") ?? throw new NotMeasuredException("there is no pwsh on PATH");
        if (!File.Exists(Manifest))
            throw new NotMeasuredException($"the module is not built: {Manifest}");
    }

    public static string Manifest { get; } = Path.Combine(Repository.Module, "MultiCluster.psd1");

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>A process that runs <paramref name="command"/>.</summary>
    public ProcessStartInfo Command(string command, params IReadOnlyList<string> kubeconfigs)
    {
        var start = ChildRun.Command(_program, "-NoProfile", "-NonInteractive", "-Command", command);
        start.Environment["HOME"] = _home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_home, "config");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_home, "cache");
        start.Environment["KUBECONFIG"] = string.Join(Path.PathSeparator, kubeconfigs);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
