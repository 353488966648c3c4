using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MultiCluster.Sandbox.Commands;

/// <summary>
/// The PowerShell of the tour and the shell: the one that comes with the build, or the one that <see cref="Variable"/> names. One that happens to be
/// on PATH is not taken.
/// </summary>
internal sealed partial class PowerShellProgram
{
    /// <summary>Names a pwsh, or a pwsh.dll.</summary>
    public const string Variable = "MULTICLUSTER_PWSH";

    private static readonly Version Oldest = new(7, 6);

    private readonly string _file;

    private PowerShellProgram(string file) => _file = file;

    /// <exception cref="SetupException">There is none that will do.</exception>
    public static async Task<PowerShellProgram> FindAsync(CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } named) return new PowerShellProgram(BuildOutput.PowerShell());
        var program = new PowerShellProgram(named);
        await program.CheckVersionAsync(cancellationToken);
        return program;
    }

    /// <summary>How to start it in front of a session's clusters, away from the user's own folders, and without what it does by itself.</summary>
    public ProcessStartInfo StartInfo(SandboxSession session, params IEnumerable<string> arguments)
    {
        var start = StartInfo(["-NoLogo", "-NoProfile", .. arguments]);
        start.Environment["KUBECONFIG"] = session.Kubeconfig;
        // The module's preferences and cache, PowerShell's own, its history, and the kubeconfigs in ~/.kube.
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = session.Home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(session.Home, ".config");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(session.Home, ".cache");
        start.Environment["XDG_DATA_HOME"] = Path.Combine(session.Home, ".local", "share");
        start.Environment.Remove("PSModulePath");
        return start;
    }

    /// <summary>How to start it.</summary>
    public ProcessStartInfo StartInfo(params IEnumerable<string> arguments)
    {
        var isAssembly = _file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = isAssembly ? new ProcessStartInfo(DotNet(), [_file, .. arguments]) : new ProcessStartInfo(_file, arguments);
        if (isAssembly) start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(start.FileName); // for the pwsh beside it, which jobs start
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    /// <summary>The dotnet that runs this program: it may be one that is not on PATH.</summary>
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var own = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(own) ? own : name;
    }

    private async Task CheckVersionAsync(CancellationToken cancellationToken)
    {
        var answer = await AskVersionAsync(cancellationToken);
        if (!Version.TryParse(VersionAnswer().Match(answer).Groups[1].Value, out var version))
            throw new SetupException($"{Variable} names {_file}, which is no PowerShell: it answers --version with \"{answer.Split('\n')[0].Trim()}\".");
        if (version < Oldest)
            throw new SetupException($"{Variable} names {_file}, which is PowerShell {version}. MultiCluster needs {Oldest} or newer.");
    }

    private async Task<string> AskVersionAsync(CancellationToken cancellationToken)
    {
        var start = StartInfo("--version");
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        if (Path.GetFileName(_file) != _file && !File.Exists(_file)) throw new SetupException($"{Variable} names {_file}, which is not there.");
        try
        {
            using var asked = Process.Start(start)!;
            asked.StandardInput.Close();
            var error = asked.StandardError.ReadToEndAsync(cancellationToken);
            return await asked.StandardOutput.ReadToEndAsync(cancellationToken) + await error;
        }
        catch (Win32Exception e)
        {
            throw new SetupException($"{Variable} names {_file}, which cannot be run: {new Win32Exception(e.NativeErrorCode).Message}.");
        }
    }

    [GeneratedRegex(@"^PowerShell (\d+\.\d+(\.\d+)?)")]
    private static partial Regex VersionAnswer();
}
