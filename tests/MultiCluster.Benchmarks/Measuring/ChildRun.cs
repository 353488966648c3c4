using System.Diagnostics;
using System.Globalization;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>What one or more processes, started together, took until the last of them ended.</summary>
/// <param name="Wall">Time from the first start to the last end.</param>
/// <param name="Processor">User and system time of all of them.</param>
/// <param name="PeakBytes">Their peak working sets, added up.</param>
/// <param name="Output">What they wrote to standard output, in the order of their starts.</param>
internal sealed record ChildRun(TimeSpan Wall, TimeSpan Processor, long PeakBytes, IReadOnlyList<string> Output)
{
    /// <summary>Starts all of them, and waits for all.</summary>
    /// <exception cref="InvalidOperationException">One of them failed.</exception>
    public static async Task<ChildRun> OfAsync(params IReadOnlyList<ProcessStartInfo> starts)
    {
        var before = Measuring.Processor.OfEndedChildren();
        var watch = Stopwatch.StartNew();
        var runs = await Task.WhenAll(starts.Select(start => Task.Run(() => RunAsync(start))));
        var wall = watch.Elapsed;
        return new ChildRun(wall, Measuring.Processor.OfEndedChildren() - before, runs.Sum(run => run.Peak), [.. runs.Select(run => run.Output)]);
    }

    /// <summary>A command line, not started yet.</summary>
    public static ProcessStartInfo Command(string file, params IEnumerable<string> arguments) =>
        new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };

    private static async Task<(long Peak, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        long peak = 0;

        // The kernel's high-water mark only grows: what the last look before the end misses is the last few milliseconds.
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, HighWaterMark(process.Id));
            await Task.WhenAny(ended, Task.Delay(10));
        }

        await ended;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await errors}{await output}");
        return (peak, await output);
    }

    private static long HighWaterMark(int id)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{id}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture) * 1024;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or this is no Linux.
        }

        return 0;
    }
}
