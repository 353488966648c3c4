using System.Diagnostics;
using MultiCluster.Sandbox.Commands;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>Whole PowerShell processes with a home of their own: no profile, no kubeconfig, no preferences of whoever runs this.</summary>
internal sealed class PowerShell : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("multicluster-benchmarks-").FullName;
    private readonly PowerShellProgram _program;

    private PowerShell(PowerShellProgram program) => _program = program;

    public static string Manifest { get; } = Path.Combine(Repository.Module, "MultiCluster.psd1");

    /// <summary>The one that comes with the build, whose assemblies are compiled as they run; for figures of start-up, name an installed one in <c>MULTICLUSTER_PWSH</c>.</summary>
    /// <exception cref="NotMeasuredException">There is no PowerShell, or no module.</exception>
    public static async Task<PowerShell> StartAsync()
    {
        if (!File.Exists(Manifest))
            throw new NotMeasuredException($"the module is not built: {Manifest}");
        try
        {
            return new PowerShell(await PowerShellProgram.FindAsync());
        }
        catch (SetupException e)
        {
            throw new NotMeasuredException(e.Message);
        }
    }

    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>A process that runs <paramref name="command"/>.</summary>
    public ProcessStartInfo Command(string command, params IReadOnlyList<string> kubeconfigs)
    {
        var start = _program.StartInfo("-NoProfile", "-NonInteractive", "-Command", command);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["HOME"] = _home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_home, "config");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_home, "cache");
        start.Environment["KUBECONFIG"] = string.Join(Path.PathSeparator, kubeconfigs);
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
