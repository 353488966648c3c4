using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Selectors;
using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>
/// A cluster as the session knows it. Taken from the selection it carries its connection: State, Version and Latency are as of the
/// moment they are read, and the object works as a target in another runspace too.
/// </summary>
[Views(
    Table = "ClusterName State Version Latency Server",
    Wide = "ClusterName State Version Distribution Latency Server DefaultNamespace Group",
    List = "ClusterName ClusterId State LastError RecommendedAction Reason Server Context Kubeconfig User DefaultNamespace Version Distribution Latency Group Tag IgnoreFinding Protected Insecure Current Selected Selectable",
    Wrap = true)]
public sealed class KubeCluster
{
    private readonly KubeconfigContext _origin;
    private readonly ClusterIdentity _identity;
    private readonly ClusterPreferences _preferences;

    internal KubeCluster(KubeconfigContext context, ClusterIdentity identity, ClusterPreferences preferences)
    {
        _origin = context;
        _identity = identity;
        _preferences = preferences;
    }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => Identity.ClusterName;

    /// <summary>
    /// What tables show of the name, at most 17 cells: the whole one where it fits, else a part that tells it from the clusters beside it,
    /// <c>payments-prod-1</c> of an ARN. It is chosen with the selection, and for clusters that are not selected among all that are known.
    /// </summary>
    public string ShortName
    {
        get => field ?? ShortNames.Of([ClusterName])[ClusterName];
        internal set;
    }

    /// <summary>The cluster's id, <c>filename:context</c>; with parent folders before it where another file has the same name and context.</summary>
    public string ClusterId => Identity.ClusterId;

    /// <summary>The context's name in the kubeconfig.</summary>
    public string Context => Identity.Context;

    /// <summary>The API server's address, without the name and password that the kubeconfig's may hold.</summary>
    [Column("Server or problem", Script = "if ($_.Reason) { $cells.Reason } elseif ($_.LastError) { $cells.LastError -replace '^.*?: (cannot .*?: )?' } else { $cells.Server }")]
    [ListItem]
    public string? Server => Origin.Cluster?.ShownServer;

    /// <summary>Full path of the kubeconfig.</summary>
    public string Kubeconfig => Identity.KubeconfigPath;

    /// <summary>The kubeconfig's name for the user.</summary>
    public string? User => Origin.UserName;

    /// <summary>The namespace of the preferences, else of the context, else null.</summary>
    public string? DefaultNamespace => Preferences.DefaultNamespace ?? Origin.Namespace;

    /// <summary>The groups it belongs to.</summary>
    public IReadOnlyList<string> Group => TextList.Of([.. Preferences.Group]);

    /// <summary>Its tags and their values.</summary>
    public IReadOnlyDictionary<string, string> Tag => new TagMap(Preferences.Tag);

    /// <summary>The findings that Get-KubeAttention does not show of it: rules, and of which objects.</summary>
    public IReadOnlyList<string> IgnoreFinding => TextList.Of([.. Preferences.IgnoreFinding]);

    /// <summary>True when every write asks first.</summary>
    public bool Protected => Preferences.Protected;

    /// <summary>True when the server's certificate is not checked, or the connection is not encrypted at all (http).</summary>
    public bool Insecure => Origin.Cluster?.IsInsecure ?? false;

    /// <summary>True when the kubeconfig's <c>current-context</c> names it.</summary>
    public bool Current => Origin.IsCurrent;

    /// <summary>True while it is in the selection.</summary>
    public bool Selected => Connection is { } connection && !connection.Disconnected.IsCancellationRequested;

    /// <summary>True when it can be selected now.</summary>
    public bool Selectable => Reason is null;

    /// <summary>Why it cannot be selected, as a sentence, or null.</summary>
    public string? Reason { get; internal init => field = TerminalText.VisibleOrNull(value); }

    /// <summary>Where it stands.</summary>
    [Column(Width = 22, Toned = true)]
    public ClusterState State => Connection?.State ?? ClusterState.NotSelected;

    /// <summary>The server's version, once it has answered.</summary>
    [Column(Width = 8)]
    public string? Version => Connection?.Version;

    /// <summary>The cluster's maker, once it has answered.</summary>
    [Column(Width = 12)]
    public string? Distribution => Connection?.Distribution;

    /// <summary>The median time to an answer.</summary>
    [Column("ms", Width = 5, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0}")]
    [ListItem("Latency (ms)", Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0.0}")]
    public TimeSpan? Latency => Connection?.Latency;

    /// <summary>What is wrong with it, as a sentence, or null.</summary>
    public string? LastError => Connection?.LastFault?.Message;

    /// <summary>What to do about it, or null.</summary>
    public string? RecommendedAction => Connection?.LastFault?.Advice;

    /// <summary>True when its address is http and this machine's own.</summary>
    internal bool IsPlaintextLoopback => Origin.Cluster is { } cluster && PlaintextRules.CanBeAllowed(cluster);

    /// <summary>What is not safe about its connection, as a sentence, or null.</summary>
    internal string? InsecurityNotice => Origin.Cluster switch
    {
        null or { IsInsecure: false } => null,
        var cluster when ServerAddress.Of(cluster) is { IsPlaintext: true } =>
            $"{ClusterName}: the connection is not encrypted (http{Source}){PlaintextRules.Of(Origin, Preferences.AllowPlaintextLogin) switch
            {
                PlaintextLogin.Withheld => "; the kubeconfig's login is not sent",
                PlaintextLogin.Sent => "; the login is sent all the same, as its preference AllowPlaintextLogin says",
                _ => "",
            }}.",
        _ => $"{ClusterName}: the server's certificate is not checked (insecure-skip-tls-verify{Source}).",
    };

    private string Source => Kubeconfig.Length == 0 ? "" : $" in {Kubeconfig}";

    /// <summary>The identity. Of a selected cluster there is one name, and one protection, wherever its object is kept.</summary>
    internal ClusterIdentity Identity => Connection?.Identity ?? _identity;

    /// <summary>The context, as its kubeconfig says now for a selected cluster.</summary>
    internal KubeconfigContext Origin => Connection?.Context ?? _origin;

    internal ClusterPreferences Preferences => Connection?.Preferences ?? _preferences;

    internal ClusterConnection? Connection { get; init; }

    /// <summary>True when its kubeconfig is the one that kubectl reads.</summary>
    internal bool IsOfDefaultFile => _origin.Source == SourceKind.Primary;

    /// <summary>True for the same context of the same file, in whatever state and under whatever alias.</summary>
    internal bool IsSameAs(KubeCluster other) => Identity.IsSameAs(other.Identity);

    /// <summary>Whether a pattern with wildcards fits its name or its id, with the folders that the id may have or without.</summary>
    internal bool Fits(NamePattern pattern) =>
        pattern.IsMatch(ClusterName) || pattern.IsMatch(ClusterId) || (Identity.PlainId is { } plain && !ReferenceEquals(plain, ClusterId) && pattern.IsMatch(plain));

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(ClusterName);
}
