namespace MultiCluster.Api.Discovery;

/// <summary>What discovery needs of a cluster's API client.</summary>
internal interface IDiscoveryTransport
{
    /// <summary>The answer to a GET of <paramref name="path"/>.</summary>
    /// <exception cref="Faults.FaultException">There was none, or its status was not 2xx.</exception>
    Task<DiscoveryAnswer> GetAsync(string path, string accept, CancellationToken cancellationToken);
}

/// <summary>A 2xx answer.</summary>
/// <param name="ContentType">The Content-Type header, if any.</param>
/// <param name="Body">The whole body.</param>
internal readonly record struct DiscoveryAnswer(string? ContentType, byte[] Body);
