using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Helm;

/// <summary>What is read of a release's payload (helm <c>release.Release</c>).</summary>
internal sealed record ReleaseContent
{
    /// <summary>The release's <c>info</c>.</summary>
    public required JsonSlice Info { get; init; }

    /// <summary>The chart's metadata, of its <c>Chart.yaml</c>.</summary>
    public required JsonSlice Chart { get; init; }

    /// <summary>The values that its user gave; null where they were not asked for, or there are none.</summary>
    public JsonSlice? Values { get; init; }

    /// <summary>The rendered manifest; null where it was not asked for.</summary>
    public string? Manifest { get; init; }

    public string? State => Info["status"u8].AsText();

    public DateTimeOffset? LastDeployed => Info["last_deployed"u8].AsTime();

    public string? Description => Info["description"u8].AsText();

    public string? ChartName => Chart["name"u8].AsText();

    public string? ChartVersion => Chart["version"u8].AsText();

    public string? AppVersion => Chart["appVersion"u8].AsText();
}
