using System.Management.Automation;
using System.Text;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Overview;
using MultiCluster.Reports;
using MultiCluster.Reports.Content;
using MultiCluster.Reports.Forms;

namespace MultiCluster.Module.Commands.Reports;

/// <summary>Writes a report to send: of the whole selection, or of what is piped in.</summary>
[Cmdlet(VerbsData.Export, "KubeReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKubeReportCommand : ClusterCmdlet
{
    private readonly List<object> _content = [];

    /// <summary>The file. Its ending says what is written where -As does not: <c>.html</c>, <c>.json</c>, <c>.csv</c>, <c>.md</c>.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What is written; by the file's ending when left out, and HTML where that says nothing.</summary>
    [Parameter]
    [ValidateSet(nameof(ReportForm.Html), nameof(ReportForm.Json), nameof(ReportForm.Csv), nameof(ReportForm.Markdown))]
    public string? As { get; set; } // a field of the engine's own enumeration would load the engine before the module can say where it is

    /// <summary>The report's title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Kubernetes clusters";

    /// <summary>Does not overwrite a file that is there.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes the files that were written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool PipesElse => _content.Count > 0;

    private protected override void Process()
    {
        _content.AddRange(InputObject.Where(static item => item.BaseObject is not KubeCluster).Select(static item => item.BaseObject is PSCustomObject ? RowOf(item) : item.BaseObject));
        InputObject = [.. InputObject.Where(static item => item.BaseObject is KubeCluster)];
        base.Process();
    }

    private protected override void End()
    {
        if (_content.Count > 0)
            Write(ReportContent.Of(_content));
        else if (!PipesNothing)
            Write(ReportContent.Of(Fleet()));
        base.End();
    }

    /// <summary>The clusters at a glance, and what needs a look, of one reading. A cluster that does not answer has its row, and is an error.</summary>
    private List<object> Fleet()
    {
        var clusters = Targets();
        var found = new List<object>();
        Ask<object>(clusters, new OverviewReader(new OverviewQuery { WithFindings = true }, Connections(clusters)).ReadAsync, item =>
        {
            found.Add(item);
            return true;
        });
        return [.. found.OfType<KubeOverview>().OrderBy(static row => row.ClusterName, StringComparer.Ordinal), .. found.Where(static item => item is not KubeOverview)];
    }

    private void Write(IReadOnlyList<ReportSection> sections)
    {
        if (sections.Count == 0)
            return; // no cluster was asked, which has been told
        var path = FullPaths([Path])[0];
        var report = new KubeReport(Title, Time.GetLocalNow(), sections);
        foreach (var (file, text) in ReportFiles.Of(report, path, As is null ? ReportFiles.FormOf(path) : Enum.Parse<ReportForm>(As, ignoreCase: true)))
            WriteFile(file, text);
    }

    private void WriteFile(string file, string text)
    {
        if (!ShouldProcess(file, "Write the report"))
            return;
        try
        {
            using (var stream = new FileStream(file, NoClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write))
                stream.Write(Encoding.UTF8.GetBytes(text));
            if (PassThru)
                WriteObject(new FileInfo(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(new Fault { Phase = FaultPhase.Invalid, Operation = $"write {file}", Detail = MessageText.OneLine(e.Message).TrimEnd('.'), Advice = "Name another file, or leave out -NoClobber." }, file);
        }
    }

    private static ReportRow RowOf(PSObject item)
    {
        var properties = item.Properties.Where(static property => property.IsGettable).ToList();
        return new ReportRow([.. properties.Select(static property => property.Name)], [.. properties.Select(static property => property.Value is PSObject value ? value.BaseObject : property.Value)]);
    }
}
