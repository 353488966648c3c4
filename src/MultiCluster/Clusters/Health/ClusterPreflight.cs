using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Clusters;

/// <summary>What a fresh contact with a cluster found.</summary>
[Views(Wrap = true)]
public sealed record ClusterPreflight
{
    /// <summary>The cluster's name.</summary>
    [Column(Width = 17)]
    public required string ClusterName { get; init; }

    /// <summary>The cluster's id.</summary>
    [ListItem]
    public required string ClusterId { get; init; }

    /// <summary>True when the server answered at all.</summary>
    [Column(Width = 9, Toned = true)]
    public bool Reachable { get; init; }

    /// <summary>How the server's certificate was checked: <c>Verified</c>, <c>NotVerified</c> (insecure-skip-tls-verify), <c>None</c> (http), <c>Failed</c>, or null when it was not reached.</summary>
    [Column(Width = 11)]
    public string? Tls { get; init; }

    /// <summary>True when the server accepted the login; null when it could not be asked, or was not shown the login.</summary>
    [Column(Width = 13, Toned = true)]
    public bool? Authenticated { get; init; }

    /// <summary>Time from request to answer on an open connection.</summary>
    [Column("ms", Width = 5, Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0}")]
    [ListItem("Latency (ms)", Path = nameof(TimeSpan.TotalMilliseconds), Format = "{0:0.0}")]
    public TimeSpan? Latency { get; init; }

    /// <summary>The server's version: <c>v1.31.2</c>.</summary>
    [Column("Version or problem", Script = "if ($_.Fault) { $cells.'Fault.Detail' } else { $cells.Version }")]
    [ListItem]
    public string? Version { get; init; }

    /// <summary>Who makes the cluster, as far as its version and address tell: <c>EKS</c>, <c>GKE</c>, <c>AKS</c>, <c>K3s</c> ...</summary>
    [ListItem]
    public string? Distribution { get; init; }

    /// <summary>The uid of the namespace kube-system, which identifies the physical cluster; null when it may not be read.</summary>
    [ListItem]
    public string? ClusterUid { get; init; }

    /// <summary>To when the server's certificate is good, in local time; null where it showed none.</summary>
    [ListItem]
    public DateTime? ServerCertificateExpires { get; init; }

    /// <summary>To when the client certificate of the login is good, in local time; null where it has none.</summary>
    [ListItem]
    public DateTime? ClientCertificateExpires { get; init; }

    /// <summary>What is wrong, as a sentence, or null.</summary>
    [ListItem]
    public string? Problem => (Fault ?? Notice)?.Message;

    /// <summary>What to do about it, or null.</summary>
    [ListItem]
    public string? RecommendedAction => (Fault ?? Notice)?.Advice;

    /// <summary>The fault behind the problem.</summary>
    public Fault? Fault { get; init; }

    /// <summary>A problem that is no failure: the login is not sent, and the server asks for none.</summary>
    internal Fault? Notice { get; init; }
}
