using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Picking;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Chooses the clusters that the session works on, and connects them in parallel.</summary>
[Cmdlet(VerbsCommon.Select, "KubeCluster", DefaultParameterSetName = ByName)]
[OutputType(typeof(KubeCluster))]
public sealed class SelectKubeClusterCommand : KubeCmdlet
{
    private const string ByName = "Name";
    private const string ById = "Id";
    private const string ByGroup = "Group";
    private const string ByObject = "InputObject";
    private const string OfAll = "All";
    private const string OfCurrent = "Current";
    private const string OfPod = "InCluster";
    private const string OfLast = "Last";
    private const string OfNone = "None";
    private const string ByPicking = "Interactive";

    private readonly List<KubeCluster> _clusters = [];
    private readonly List<string> _ids = [];

    /// <summary>Names or ids, with wildcards; a name that exists exactly is taken as it is.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KnownClusterCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Exact ids; of anything piped in that has a ClusterId, that one.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("ClusterId")]
    [ArgumentCompleter(typeof(ClusterIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Groups of clusters, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByGroup)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Group { get; set; } = [];

    /// <summary>Clusters of Get-KubeCluster.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public KubeCluster[] InputObject { get; set; } = [];

    /// <summary>Every known context that can be used.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfAll)]
    public SwitchParameter All { get; set; }

    /// <summary>The kubeconfig's current-context.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfCurrent)]
    public SwitchParameter Current { get; set; }

    /// <summary>The cluster that this process runs in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfPod)]
    public SwitchParameter InCluster { get; set; }

    /// <summary>The selection that was made last, in any session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfLast)]
    public SwitchParameter Last { get; set; }

    /// <summary>No cluster at all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfNone)]
    public SwitchParameter None { get; set; }

    /// <summary>A picker in the terminal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPicking)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Kubeconfig files or folders to look in, and nowhere else.</summary>
    [Parameter]
    public string[] Kubeconfig { get; set; } = [];

    /// <summary>Names or ids, with wildcards, of clusters that are not selected, whatever else chooses them.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownClusterCompleter))]
    public string[] Exclude { get; set; } = [];

    /// <summary>Keeps what is selected and adds to it.</summary>
    [Parameter]
    public SwitchParameter Add { get; set; }

    /// <summary>Selects without contacting the clusters; each connects with its first request.</summary>
    [Parameter]
    public SwitchParameter NoConnect { get; set; }

    /// <summary>Returns the whole selection, not only what this call chose.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Seconds that a cluster may stay silent during its first contact; 30 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 30;

    private protected override void Process()
    {
        _clusters.AddRange(InputObject);
        _ids.AddRange(Id);
    }

    private protected override void End()
    {
        if (None)
            Await(Session.Pool.DisconnectAsync(Session.Pool.Selected));
        else if (!Interactive)
            Select(_clusters);
        else if (Pick() is { } picked)
            Select(picked);
    }

    private IReadOnlyList<KubeCluster>? Pick()
    {
        var known = Known(Kubeconfig);
        return Await(ClusterPicking.PickAsync(known.Clusters, Cancellation));
    }

    private void Select(IReadOnlyList<KubeCluster> clusters)
    {
        var selection = Await(Session.Pool.SelectAsync(new SelectionRequest
        {
            Names = Name,
            Ids = [.. _ids.Distinct()],
            Groups = Group,
            Exclude = Exclude,
            Clusters = clusters,
            All = All,
            Current = Current,
            InCluster = InCluster,
            Last = Last,
            Kubeconfig = FullPaths(Kubeconfig),
            Add = Add,
        }, Cancellation));
        Tell(selection.Notices);
        Explain(selection.Details);
        foreach (var refusal in selection.Refusals)
            Fail(refusal.Fault, refusal.Target);
        foreach (var notice in selection.Clusters.Select(cluster => cluster.InsecurityNotice).OfType<string>())
            WriteWarning(notice);
        if (!NoConnect)
            Connect(selection.Clusters);
        foreach (var cluster in PassThru ? Session.Pool.Selected : selection.Clusters)
            WriteObject(cluster);
    }

    private void Connect(IReadOnlyList<KubeCluster> clusters)
    {
        var done = 0;
        var contact = ClusterPool.ConnectAsync(clusters, TimeSpan.FromSeconds(TimeoutSec), _ => Interlocked.Increment(ref done), Cancellation);
        Await(contact, () => ProgressState.Of(done, clusters.Count, clusters.FirstOrDefault(cluster => cluster.State == ClusterState.Connecting)?.ClusterName));
        foreach (var cluster in clusters)
        {
            if (cluster.Connection?.LastFault is { } fault)
                Fail(fault, cluster);
        }
    }
}
