using System.Collections;
using System.Management.Automation;
using MultiCluster.Attention.Scanning;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Sets preferences of clusters, for this and all later sessions.</summary>
[Cmdlet(VerbsCommon.Set, "KubeCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Name")]
[OutputType(typeof(KubeCluster))]
public sealed class SetKubeClusterCommand : KubeCmdlet
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
    [ArgumentCompleter(typeof(ClusterIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Kubeconfig files or folders to look for the clusters in, and nowhere else.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Kubeconfig { get; set; } = [];

    /// <summary>A name that takes the context's place as ClusterName; an empty text takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Alias { get; set; }

    /// <summary>
    /// A regular expression whose first group, or all that it matches, becomes the alias: <c>'.*/(.+)'</c>. With a name that is a pattern it
    /// also holds for clusters to come; an empty text takes it away.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? AliasPattern { get; set; }

    /// <summary>The namespace in place of the context's; an empty text takes it away.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
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

    /// <summary>Lets the login go to a server whose address is http and this machine's own, such as http://localhost:8001.</summary>
    [Parameter]
    public SwitchParameter AllowPlaintextLogin { get; set; }

    /// <summary>
    /// Findings that Get-KubeAttention is not to show: rules, <c>Restarts</c>, or a rule's findings about some objects,
    /// <c>NotReady:kube-system/*</c>. It takes the place of what was ignored before; an empty list ignores nothing.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(AttentionRuleCompleter))]
    public string[]? IgnoreFinding { get; set; }

    /// <summary>Returns the clusters that are concerned, as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        foreach (var ignored in IgnoreFinding ?? [])
            AttentionRules.Check(IgnoredFindings.RuleOf(ignored));
        string[] files = [.. Kubeconfig.Where(static path => path.Length > 0)]; // the object of a pod's own cluster has none
        var known = Known(files);
        foreach (var refusal in files.Length > 0 ? known.Refusals : [])
            Fail(refusal.Fault, refusal.Target);
        KubeCluster[] clusters = [.. known.Clusters, .. Session.Pool.Selected.Where(cluster => files.Length == 0 && !known.Clusters.Any(cluster.IsSameAs))];
        KubeCluster[] taken = [.. clusters, .. Session.Pool.Selected];
        foreach (var id in Id)
        {
            var cluster = ClusterById.Find(id, clusters, known.Ids, out var ambiguous);
            if (ambiguous is not null)
                throw new FaultException(ambiguous);
            Set(NamePattern.Escape(cluster?.ClusterId ?? id), cluster is null ? [] : [cluster], taken, files);
        }

        foreach (var name in Name)
            Set(name, ClusterByName.Find(name, clusters, contexts: true), taken, files);
    }

    private void Set(string pattern, IReadOnlyList<KubeCluster> concerned, IReadOnlyCollection<KubeCluster> taken, string[] files)
    {
        var change = new PreferenceChange
        {
            Alias = Alias,
            AliasPattern = AliasPattern,
            DefaultNamespace = DefaultNamespace,
            Group = Group,
            Tag = Tag is null ? null : Tags(Tag),
            Protected = IsBound(nameof(Protected)) ? Protected : null,
            Qps = Qps,
            ThrottleLimit = ThrottleLimit,
            AllowPlaintextLogin = IsBound(nameof(AllowPlaintextLogin)) ? AllowPlaintextLogin : null,
            IgnoreFinding = IgnoreFinding,
        };
        change.Check(pattern, concerned, taken);
        var aliases = change.Aliases(concerned);
        if (!ShouldProcess(concerned.Count == 1 ? concerned[0].ClusterName : $"{pattern} ({concerned.Count} clusters)", aliases.Count == 0 ? "Set preferences" : $"Set preferences, with the alias{(aliases.Count == 1 ? "" : "es")} {string.Join(", ", aliases)}"))
            return;
        Tell(Await(Session.Pool.Preferences.UpdateAsync(change.ApplyTo(pattern, concerned, all: files.Length == 0), Cancellation)).Notices);
        Await(Session.Pool.ApplyPreferencesAsync());
        if (!PassThru)
            return;
        foreach (var cluster in Known(files).Clusters.Where(cluster => concerned.Any(cluster.IsSameAs)))
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
