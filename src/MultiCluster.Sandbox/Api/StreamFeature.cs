namespace MultiCluster.Sandbox.Api;

/// <summary>What is to go wrong with a WebSocket that a request becomes; a feature of the request.</summary>
internal sealed class StreamFeature
{
    /// <summary>True to end without telling how the command ended.</summary>
    public bool KeepsStatus { get; set; }

    /// <summary>Wraps the connection; null to leave it.</summary>
    public Func<Stream, Stream>? Wrap { get; set; }
}
