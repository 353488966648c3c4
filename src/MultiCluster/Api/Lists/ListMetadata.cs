using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Lists;

/// <summary>A list's own metadata (<c>ListMeta</c>).</summary>
/// <param name="ResourceVersion">The version that the list shows.</param>
/// <param name="Continue">The token for the next page; null at the last.</param>
/// <param name="RemainingItemCount">How many items follow, where the server says so.</param>
internal readonly record struct ListMetadata(string? ResourceVersion, string? Continue, long? RemainingItemCount)
{
    public static ListMetadata Read(JsonSlice json) => new(
        json["resourceVersion"u8].AsString(),
        json["continue"u8].AsString() is { Length: > 0 } token ? token : null,
        json["remainingItemCount"u8].AsInt64());
}
