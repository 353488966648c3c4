using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Support;

/// <summary>A stranger's client: the machine's kubectl, where it is new enough to run commands over a WebSocket.</summary>
internal static partial class Kubectl
{
    private const int FirstWithWebSockets = 31;

    private static readonly Lazy<(string? Path, string? Missing)> Found = new(Find);

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Found.Value.Missing;

    /// <summary>Runs it.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string kubeconfig, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Found.Value.Path!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        start.Environment["HOME"] = Path.GetDirectoryName(kubeconfig); // Its cache.
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        return (process.ExitCode, await output, await error);
    }

    private static (string? Path, string? Missing) Find()
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
        if (kubectl is null) return (null, "There is no kubectl on the PATH.");
        var real = File.ResolveLinkTarget(kubectl, returnFinalTarget: true)?.FullName ?? kubectl;
        // One that chooses another by the server's version would choose an old one: the newest of them is taken.
        var others = Directory.EnumerateFiles(Path.GetDirectoryName(real)!, "kubectl.1.*").OrderByDescending(MinorOf);
        var path = others.FirstOrDefault() ?? real;
        var minor = VersionOf(path);
        return minor >= FirstWithWebSockets ? (path, null) : (null, $"kubectl is 1.{minor}; one of 1.{FirstWithWebSockets} or newer runs commands over a WebSocket.");
    }

    private static int VersionOf(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path, ["version", "--client", "-o", "json"]) { RedirectStandardOutput = true })!;
        var told = JsonNode.Parse(process.StandardOutput.ReadToEnd())?["clientVersion"]?["minor"]?.ToString() ?? "";
        return int.TryParse(Number().Match(told).Value, CultureInfo.InvariantCulture, out var minor) ? minor : 0;
    }

    private static int MinorOf(string path) => int.TryParse(Path.GetFileName(path).Split('.')[^1], CultureInfo.InvariantCulture, out var minor) ? minor : 0;

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Number();
}
