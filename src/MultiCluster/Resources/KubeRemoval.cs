using MultiCluster.Api.Writes;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Resources;

/// <summary>What became of an object that was to be removed.</summary>
[Views(Wrap = true)]
public sealed class KubeRemoval
{
    private readonly KubeObject _object;

    internal KubeRemoval(KubeObject item, DeleteOutcome outcome, IReadOnlyList<string> finalizers, bool dryRun)
    {
        _object = item;
        Outcome = outcome;
        Finalizers = TextList.Of([.. finalizers]);
        DryRun = dryRun;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _object.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _object.ClusterName;

    /// <summary>The object's API group and version: <c>apps/v1</c>.</summary>
    [ListItem]
    public string ApiVersion => _object.ApiVersion;

    /// <summary>The object's kind.</summary>
    [Column(Width = 9)]
    public string Kind => _object.Kind;

    /// <summary>The object's namespace; null for kinds of the whole cluster.</summary>
    [Column(Width = 10)]
    public string? Namespace => _object.Namespace;

    /// <summary>The object's name.</summary>
    [Column(Width = 17)]
    public string Name => _object.Name;

    /// <summary>The object's unique id.</summary>
    [ListItem]
    public string? Uid => _object.Uid;

    /// <summary>Gone, gone before (or replaced), or marked and going when its time is up and its finalizers are done.</summary>
    [Column(Width = 11)]
    public DeleteOutcome Outcome { get; }

    /// <summary>The finalizers that an object which is going waits for.</summary>
    [Column(Join = ", ")]
    [ListItem]
    public IReadOnlyList<string> Finalizers { get; }

    /// <summary>True when the server only checked it, and nothing was changed.</summary>
    [ListItem]
    public bool DryRun { get; }

    /// <summary>The object as it was read.</summary>
    internal KubeObject Object => _object;

    /// <summary>What became of it later.</summary>
    internal KubeRemoval Later(DeleteOutcome outcome, IReadOnlyList<string> finalizers) => new(_object, outcome, finalizers, DryRun);

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}: {Kind} {(Namespace is null ? "" : $"{Namespace}/")}{Name} {Outcome}");
}
