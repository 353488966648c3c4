using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Access;

/// <summary>Whether the user may do something on a cluster.</summary>
[Views(Table = "ClusterName Allowed Verb Resource Namespace Reason", Wide = "ClusterName Allowed Verb Resource Namespace Name Reason", Wrap = true)]
public sealed class KubeAccess
{
    private readonly ClusterIdentity _cluster;

    internal KubeAccess(ClusterIdentity cluster, AccessQuestion question, AccessDecision decision)
    {
        _cluster = cluster;
        Verb = question.Verb;
        Resource = question.ResourceText;
        Namespace = question.Namespace;
        Name = question.Name;
        Allowed = decision.Allowed;
        Reason = decision.Reason;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _cluster.ClusterName;

    /// <summary>The verb: <c>get</c>, <c>list</c>, <c>delete</c> ...</summary>
    [Column(Width = 7)]
    public string Verb { get; }

    /// <summary>The plural with its group, and the subresource where one is meant: <c>deployments.apps</c>, <c>pods/eviction</c>.</summary>
    [Column(Width = 16)]
    public string Resource { get; }

    /// <summary>The namespace; null for all namespaces, and for kinds of the whole cluster.</summary>
    [Column(Width = 12)]
    public string? Namespace { get; }

    /// <summary>The object; null for every object.</summary>
    [Column(Width = 16)]
    public string? Name { get; }

    /// <summary>True when the user may.</summary>
    [Column(Width = 7, Toned = true)]
    public bool Allowed { get; }

    /// <summary>What the server says for it or against it; null when it says nothing.</summary>
    [Column]
    public string? Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {(Allowed ? "may" : "may not")} {Verb} {Resource}{(Namespace is null ? "" : $" in namespace {Namespace}")}");
}
