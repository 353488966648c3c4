using System.Globalization;
using MultiCluster.Benchmarks.Measuring;
using MultiCluster.Benchmarks.Parts;
using MultiCluster.Benchmarks.Report;
using MultiCluster.Benchmarks.Servers;

Part[] parts =
[
    new ProcessPart(), new EnginePart(), new FanOutPart(), new IsolationPart(), new ImportPart(), new UntypedPart(), new KubeconfigPart(), new CompletionPart(), new PipelinePart(), new DecodePart(), new ModelsPart(),
    new StreamsPart(), new ChaosPart(), new WatchDecodePart(), new DistancePart(), new ApplyPart(), new LogsPart(), new DrainPart(), new DrainPlanPart(), new DrainStopPart(), new WaitPart(), new ExecPart(), new CopyPart(), new ForwardPart(), new CachePart(),
    new OverviewPart(), new AttentionPart(), new ComparePart(), new ReportPart(),
];

if (args is [SimulatorServer.Command, var kubeconfig, var clusters, var pods, var nodes])
{
    await SimulatorServer.RunAsync(kubeconfig, int.Parse(clusters, CultureInfo.InvariantCulture), int.Parse(pods, CultureInfo.InvariantCulture), int.Parse(nodes, CultureInfo.InvariantCulture));
    return 0;
}

Part[] wanted = args is ["all"] ? parts : [.. parts.Where(part => args.Contains(part.Name))];
if (wanted.Length == 0 || (args is not ["all"] && wanted.Length != args.Length))
{
    await Console.Error.WriteLineAsync($"Usage: MultiCluster.Benchmarks all | {string.Join(" | ", parts.Select(part => part.Name))} ...");
    return 2;
}

foreach (var part in wanted)
{
    Console.WriteLine($"{part.Title} ...");
    IReadOnlyList<Table> tables;
    try
    {
        tables = await part.MeasureAsync();
    }
    catch (NotMeasuredException e)
    {
        tables = [new Table([], [], $"Not measured: {e.Message}.")];
    }

    Page.Write(part, parts, tables);
    foreach (var table in tables)
    {
        foreach (var row in table.Rows)
            Console.WriteLine("  " + string.Join(" | ", row));
        Console.WriteLine(table.Note);
    }
}

return 0;
