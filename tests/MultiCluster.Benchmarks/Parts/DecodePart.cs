using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MultiCluster.Benchmarks.Report;

namespace MultiCluster.Benchmarks.Parts;

/// <summary>The decoding, piece by piece.</summary>
internal sealed class DecodePart : Part
{
    public override string Name => "decode";

    public override string Title => "Decoding";

    public override string Method =>
        $"A list of {DecodeBenchmarks.Pods:#,0} pods in memory, as a server sends it, through BenchmarkDotNet. The reference is one pass of `Utf8JsonReader` over the same bytes.";

    public override Task<IReadOnlyList<Table>> MeasureAsync()
    {
        var configuration = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(4).WithIterationCount(10))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "multicluster-benchmarks-artifacts"))
            .WithOptions(ConfigOptions.DisableLogFile);
        IReadOnlyList<Table> tables =
        [
            Of("the whole list", BenchmarkRunner.Run<DecodeBenchmarks>(configuration), nameof(DecodeBenchmarks.Utf8JsonReaderPass)),
            Of("`spec.nodeName` of one object", BenchmarkRunner.Run<AccessBenchmarks>(configuration), nameof(AccessBenchmarks.Document)),
        ];
        return Task.FromResult(tables);
    }

    private static Table Of(string what, Summary summary, string reference)
    {
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
            throw new InvalidOperationException("BenchmarkDotNet reports an error; see above.");
        var floor = summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == reference).ResultStatistics!.Median;
        return new Table(
            [what, "median", "ratio", "allocated"],
            [.. summary.Reports.Select(report => (IReadOnlyList<string>)
            [
                report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                Time(report.ResultStatistics!.Median),
                Units.Ratio(report.ResultStatistics.Median / floor),
                Size(report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0),
            ])]);
    }

    private static string Time(double nanoseconds) =>
        nanoseconds > 100_000 ? Units.Milliseconds(Math.Round(nanoseconds / 1e6, 1)) : $"{Units.Count(nanoseconds)} ns";

    private static string Size(long bytes) => bytes > 1 << 20 ? Units.Mebibytes(bytes) : $"{Units.Count(bytes)} bytes";
}
