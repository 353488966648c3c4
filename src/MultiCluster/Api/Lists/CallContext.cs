using MultiCluster.Http;

namespace MultiCluster.Api.Lists;

/// <summary>What a call brings along to each of its requests.</summary>
internal sealed record CallContext
{
    public static CallContext Default { get; } = new();

    /// <summary>How long the cluster may stay silent.</summary>
    public RequestTimeouts Timeouts { get; init; } = RequestTimeouts.Default;

    /// <summary>Is told of each attempt at a request.</summary>
    public Action<ApiTrace>? Observer { get; init; }

    /// <summary>Takes a sentence for the Verbose stream.</summary>
    public Action<string>? Say { get; init; }
}
