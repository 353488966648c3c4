using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using MultiCluster.Clusters;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Clusters;

/// <summary>Sessions of several processes that change the preferences at once. Each process is this assembly once more.</summary>
public sealed class PreferencesProcessTests : IDisposable
{
    private const string Errand = "MULTICLUSTER_TEST_WRITES";
    private const int Processes = 10;
    private const int Changes = 6;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Ten processes start at once, and each makes six changes, one after the other: none is refused, none is lost.</summary>
    [Fact]
    public async Task Processes_that_write_at_once_all_get_their_turn()
    {
        var running = Enumerable.Range(0, Processes).Select(Start).ToArray();
        var errors = await Task.WhenAll(running.Select(static process => process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        foreach (var process in running)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.Dispose();
        }

        Assert.All(errors, Assert.Empty);
        var expected = Enumerable.Range(0, Processes * Changes).Select(i => $"{i / Changes}/{i % Changes}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), new PreferencesStore(_folder.Path).Load().Preferences.Clusters.Select(rule => rule.Pattern).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path, ".*.tmp"));
    }

#pragma warning disable CA2255 // the assembly is a program, and this runs before its Main
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunErrand()
    {
        if (Environment.GetEnvironmentVariable(Errand) is not { Length: > 0 } errand)
            return;
        var (writer, folder) = errand.Split(' ', 2) switch { var parts => (parts[0], parts[1]) };
        var store = new PreferencesStore(folder);
        for (var i = 0; i < Changes; i++)
        {
            // Nothing but the engine's own code may run on another thread: this assembly is not yet ready for a second one.
            store.UpdateAsync(new PreferenceChange { Qps = 1 }.ApplyTo(string.Create(CultureInfo.InvariantCulture, $"{writer}/{i}"))).GetAwaiter().GetResult();
        }

        Environment.Exit(0);
    }

    private Process Start(int writer) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
    {
        ArgumentList = { typeof(PreferencesProcessTests).Assembly.Location },
        Environment = { [Errand] = string.Create(CultureInfo.InvariantCulture, $"{writer} {_folder.Path}") },
        RedirectStandardError = true,
    })!;
}
