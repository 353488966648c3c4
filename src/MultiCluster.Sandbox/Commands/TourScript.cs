using MultiCluster.Clusters;
using MultiCluster.Http;
using MultiCluster.Reading;
using MultiCluster.Resources;
using MultiCluster.Resources.Json;

namespace MultiCluster.Sandbox.Commands;

/// <summary>The steps of the tour, from the first look at a kubeconfig to the report of a call that two clusters failed.</summary>
internal sealed class TourScript(SimulatedFleet fleet, TourSession session, TourPage page)
{
    private const string NodeName = "node-2";
    private const int PatienceSeconds = 2;
    private const string Storefronts = "Get-KubeResource deployment storefront* -Namespace web -TimeoutSec 2";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Know();
        await SelectAsync("Select some of them", "Select-KubeCluster prod-*, staging", ["prod-*", "staging"], cancellationToken);
        await GroupAsync(cancellationToken);
        await FilterAsync(cancellationToken);
        await CustomAsync(cancellationToken);
        await SelectAsync("Add the other two", "Select-KubeCluster dev, edge-1 -Add", ["dev", "edge-1"], cancellationToken);
        await FailAsync(cancellationToken);
        Report();
        await AgainAsync(cancellationToken);
    }

    private void Know()
    {
        page.Heading($"{fleet.Clusters.Count} Kubernetes API servers run in this process. Their contexts are known without a request");
        page.Command("Get-KubeCluster");
        Clusters(session.Known());
    }

    private async Task SelectAsync(string heading, string command, string[] names, CancellationToken cancellationToken)
    {
        page.Heading(heading);
        page.Command(command);
        Clusters(await session.SelectAsync(new SelectionRequest { Names = names, Add = command.EndsWith("-Add", StringComparison.Ordinal) }, cancellationToken));
    }

    private async Task GroupAsync(CancellationToken cancellationToken)
    {
        page.Heading("One call asks them all; Group-Object does the counting");
        page.Command("Get-KubeResource pod -AllNamespaces | Group-Object ClusterName, State -NoElement | Sort-Object Name");
        var answer = await GetAsync(new ResourceQuery { Kinds = ["pod"], AllNamespaces = true }, cancellationToken);
        var groups = answer.Objects.OfType<KubePod>().GroupBy(pod => $"{pod.ClusterName}, {pod.State}").OrderBy(group => group.Key, StringComparer.Ordinal);
        page.Table(groups, ("Count", group => group.Count()), ("Name", group => group.Key));
        Outcome(answer);
    }

    private async Task FilterAsync(CancellationToken cancellationToken)
    {
        page.Heading("Any field of an object can be asked for; it is read when it is");
        page.Command($"Get-KubeResource pod -AllNamespaces | Where-Object {{ $_.Spec.nodeName -eq '{NodeName}' -and $_.Restarts -gt 0 }}");
        var answer = await GetAsync(new ResourceQuery { Kinds = ["pod"], AllNamespaces = true }, cancellationToken);
        var pods = answer.Objects.OfType<KubePod>().Where(pod => pod.Spec is KubeMap spec && spec["nodeName"] is NodeName && pod.Restarts > 0);
        page.Table(
            pods,
            ("ClusterName", pod => pod.ClusterName),
            ("Namespace", pod => pod.Namespace),
            ("Name", pod => pod.Name),
            ("Ready", pod => pod.Ready),
            ("State", pod => pod.State),
            ("Restarts", pod => pod.Restarts),
            ("Age", pod => pod.Age));
        Outcome(answer);
    }

    private async Task CustomAsync(CancellationToken cancellationToken)
    {
        page.Heading("A custom kind comes with the columns that its server prints");
        page.Command("Get-KubeResource certificates -AllNamespaces");
        var answer = await GetAsync(new ResourceQuery { Kinds = ["certificates"], AllNamespaces = true }, cancellationToken);
        var columns = answer.Objects.SelectMany(item => item.Columns.Keys.Cast<string>()).Distinct().Where(name => name != "Name");
        (string, Func<KubeObject, object?>)[] first = [("ClusterName", item => item.ClusterName), ("Namespace", item => item.Namespace), ("Name", item => item.Name)];
        page.Table(answer.Objects, [.. first, .. columns.Select(name => (name, (Func<KubeObject, object?>)(item => item.Columns[name])))]);
        Outcome(answer);
    }

    private async Task FailAsync(CancellationToken cancellationToken)
    {
        fleet["dev"].Faults.Add(ClusterFault.Unauthorized());
        fleet["edge-1"].Faults.Add(ClusterFault.NeverAnswer());
        page.Heading("Now the login to dev has expired and edge-1 hangs. Each is an error of its own; the others answer");
        var answer = await StorefrontsAsync(Storefronts, cancellationToken);
        page.Table(
            answer.Objects.OfType<KubeDeployment>(),
            ("ClusterName", deployment => deployment.ClusterName),
            ("Namespace", deployment => deployment.Namespace),
            ("Name", deployment => deployment.Name),
            ("Ready", deployment => deployment.Ready),
            ("UpToDate", deployment => deployment.UpToDate),
            ("Available", deployment => deployment.Available),
            ("Age", deployment => deployment.Age));
        Failures(answer);
    }

    private void Report()
    {
        page.Heading("The report of that call");
        page.Command("Get-KubeFanOut | Select-Object -ExpandProperty Clusters");
        page.Table(
            session.Reports(1).Single().Clusters,
            ("ClusterName", row => row.ClusterName),
            ("Outcome", row => row.Outcome),
            ("Objects", row => row.Objects),
            ("Elapsed", row => row.Elapsed),
            ("FirstObject", row => row.FirstObject),
            ("Phase", row => row.Phase));
    }

    private async Task AgainAsync(CancellationToken cancellationToken)
    {
        page.Heading("The same call again: nobody waits for edge-1 a second time, and dev's login is not hammered");
        var answer = await StorefrontsAsync($"{Storefronts} | Group-Object ClusterName -NoElement", cancellationToken);
        page.Table(answer.Objects.GroupBy(item => item.ClusterName), ("Count", group => group.Count()), ("Name", group => group.Key));
        Failures(answer);
        page.Command("Get-KubeFanOut -Last 2");
        page.Table(
            session.Reports(2),
            ("Id", report => report.Id),
            ("Command", report => report.Command),
            ("Requested", report => report.Requested),
            ("Answered", report => report.Answered),
            ("Failed", report => report.Failed),
            ("Objects", report => report.Objects),
            ("Elapsed", report => report.Elapsed));
    }

    private Task<TourAnswer> StorefrontsAsync(string command, CancellationToken cancellationToken)
    {
        page.Command(command);
        var query = new ResourceQuery { Kinds = ["deployment"], Names = ["storefront*"], Namespaces = ["web"] };
        return session.GetAsync(query, new CallTimeouts { Silence = TimeSpan.FromSeconds(PatienceSeconds) }, cancellationToken);
    }

    private Task<TourAnswer> GetAsync(ResourceQuery query, CancellationToken cancellationToken) => session.GetAsync(query, CallTimeouts.Default, cancellationToken);

    private void Clusters(IReadOnlyList<KubeCluster> clusters) => page.Table(
        clusters,
        ("ClusterName", cluster => cluster.ClusterName),
        ("State", cluster => cluster.State),
        ("Version", cluster => cluster.Version),
        ("Latency", cluster => cluster.Latency),
        ("Server", cluster => cluster.Server),
        ("ClusterId", cluster => cluster.ClusterId));

    private void Failures(TourAnswer answer)
    {
        foreach (var fault in answer.Faults) page.Error("Get-KubeResource", fault);
        Outcome(answer);
    }

    private void Outcome(TourAnswer answer) => page.Outcome(answer.Objects.Count, answer.Report.Answered, answer.Report.Requested, answer.Report.Elapsed);
}
