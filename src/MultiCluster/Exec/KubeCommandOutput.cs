using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Exec;

/// <summary>A line that a command wrote in a container, or with bytes a piece of its output. Its bytes become text when they are asked for.</summary>
[Views(Table = "ClusterName Pod Line", Wide = "ClusterName Namespace Pod Container Stream Line")]
public sealed class KubeCommandOutput
{
    private readonly CommandTarget _target;
    private readonly byte[] _bytes;
    private string? _line;

    internal KubeCommandOutput(CommandTarget target, CommandStream stream, byte[] bytes) => (_target, Stream, _bytes) = (target, stream, bytes);

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _target.Cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _target.Cluster.ClusterName;

    /// <summary>The pod's namespace.</summary>
    [Column(Width = 14, Wide = true)]
    public string Namespace => _target.Namespace;

    /// <summary>The pod's name.</summary>
    [Column(Width = 24)]
    public string Pod => _target.Pod.Name;

    /// <summary>The container's name.</summary>
    [Column(Width = 12, Wide = true)]
    public string Container => _target.Container;

    /// <summary>Standard output, or standard error.</summary>
    [Column(Width = 6, Wide = true)]
    public CommandStream Stream { get; }

    /// <summary>The text, without its end of line; bytes that are no UTF-8 are shown as U+FFFD.</summary>
    [Column]
    public string Line => _line ??= Encoding.UTF8.GetString(_bytes);

    /// <summary>Where it was written.</summary>
    internal CommandTarget Target => _target;

    /// <summary>The bytes as they were written, without the end of line.</summary>
    internal byte[] Bytes => _bytes;

    /// <summary>The line.</summary>
    public override string ToString() => Line;
}
