using System.Collections;
using System.Management.Automation;
using MultiCluster.Clusters;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Resources.Selectors;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Sets preferences of clusters, for this and all later sessions.</summary>
[Cmdlet(VerbsCommon.Set, "KubeCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Name")]
[OutputType(typeof(KubeCluster))]
public sealed class SetKubeClusterCommand : SessionCmdlet
{
    /// <summary>A name, or a pattern that also holds for clusters to come: <c>*prod*</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownClusterCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>An exact id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id", ValueFromPipelineByPropertyName = true)]
    [Alias("ClusterId")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A name that takes the context's place as ClusterName; an empty text takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Alias { get; set; }

    /// <summary>The namespace in place of the context's; an empty text takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DefaultNamespace { get; set; }

    /// <summary>The groups that the clusters belong to; an empty list takes them out of all.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[]? Group { get; set; }

    /// <summary>Tags: bare words, or a hashtable of names and values; an empty one takes them away.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public object[]? Tag { get; set; }

    /// <summary>Whether every write asks first.</summary>
    [Parameter]
    public SwitchParameter Protected { get; set; }

    /// <summary>Requests a second to each cluster, evictions included; 50 and 200 evictions by default, 0 takes the setting away.</summary>
    [Parameter]
    [ValidateRange(0, 10_000)]
    public double? Qps { get; set; }

    /// <summary>Requests at once to each cluster; 16 by default, 0 takes the setting away.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Returns the clusters that are concerned, as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        foreach (var pattern in Name.Concat(Id.Select(NamePattern.Escape)))
            Set(pattern);
    }

    private void Set(string pattern)
    {
        var known = Session.Pool.Known().Clusters;
        var concerned = NamePattern.Select(pattern, known, static cluster => [cluster.ClusterName, cluster.Context, cluster.ClusterId]);
        var change = new PreferenceChange
        {
            Alias = Alias,
            DefaultNamespace = DefaultNamespace,
            Group = Group,
            Tag = Tag is null ? null : Tags(Tag),
            Protected = IsBound(nameof(Protected)) ? Protected : null,
            Qps = Qps,
            ThrottleLimit = ThrottleLimit,
        };
        change.Check(pattern, concerned);
        if (!ShouldProcess(concerned.Count == 1 ? concerned[0].ClusterName : $"{pattern} ({concerned.Count} clusters)", "Set preferences"))
            return;
        var saved = Await(Session.Pool.Preferences.UpdateAsync(change.ApplyTo(pattern, concerned), Cancellation));
        foreach (var notice in saved.Notices)
            WriteWarning(notice);
        Session.Pool.ApplyPreferences();
        if (change.Alias is not null && concerned.Any(cluster => cluster.Selected))
            WriteWarning("The alias takes effect when the cluster is selected again.");
        if (!PassThru)
            return;
        var ids = concerned.Select(cluster => (cluster.ClusterId, cluster.Kubeconfig)).ToHashSet();
        foreach (var cluster in Session.Pool.Known().Clusters.Where(cluster => ids.Contains((cluster.ClusterId, cluster.Kubeconfig))))
            WriteObject(cluster);
    }

    private static Dictionary<string, string> Tags(object[] given)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in given.Select(TargetValues.Unwrap))
        {
            if (item is IDictionary pairs)
            {
                foreach (DictionaryEntry pair in pairs)
                    tags[$"{pair.Key}"] = $"{pair.Value}";
            }
            else if (item is not null)
            {
                tags[$"{item}"] = "";
            }
        }

        return tags;
    }
}
