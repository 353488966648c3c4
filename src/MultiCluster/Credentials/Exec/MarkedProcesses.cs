using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MultiCluster.Credentials;

/// <summary>
/// Finds what a plugin has started by a variable that all of it inherits: a process whose parent has ended is nobody's child any more, and
/// no walk over parents and children comes to it. What has made a session of its own (a daemon: an agent for keys) has left on purpose.
/// On other systems than Linux nothing is found: Windows has jobs for this, and on macOS only children with living parents are ended.
/// </summary>
internal static class MarkedProcesses
{
    /// <summary>The variable.</summary>
    public const string Variable = "MULTICLUSTER_PLUGIN_RUN";

    private const string Folder = "/proc";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Kills all that carry <paramref name="mark"/>, until there are none.</summary>
    /// <param name="mark">The variable's value.</param>
    /// <param name="bound">When to give up.</param>
    public static void Kill(string mark, TimeSpan bound)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var started = Stopwatch.GetTimestamp();
        while (Find(mark) is { Count: > 0 } found && Stopwatch.GetElapsedTime(started) < bound)
        {
            foreach (var id in found)
                Kill(id);
            Thread.Sleep(Pause);
        }
    }

    /// <summary>The ids of those that carry <paramref name="mark"/>.</summary>
    public static IReadOnlyList<int> Find(string mark)
    {
        var wanted = Encoding.ASCII.GetBytes($"{Variable}={mark}\0");
        var session = SessionOf("self");
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            var name = Path.GetFileName(folder);
            if (int.TryParse(name, out var id) && id != Environment.ProcessId && SessionOf(name) == session && Carries(name, wanted))
                found.Add(id);
        }

        return found;
    }

    private static bool Carries(string id, byte[] wanted)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(Folder, id, "environ")).AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or another user's
        }
    }

    /// <summary>The session: the fourth field after the command, which is in parentheses and may hold anything.</summary>
    private static string? SessionOf(string id)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(Folder, id, "stat"));
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }
}
