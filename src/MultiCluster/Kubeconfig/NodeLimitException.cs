namespace MultiCluster.Kubeconfig;

/// <summary>A document has more in it than a kubeconfig can have, so that reading on would cost time and memory for nothing.</summary>
internal sealed class NodeLimitException(string message, (int Line, int Column) position) : Exception(message)
{
    public (int Line, int Column) Position { get; } = position;
}
