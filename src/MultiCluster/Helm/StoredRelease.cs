using System.Globalization;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Helm;

/// <summary>One revision of a release as the labels of the Secret or ConfigMap say it that Helm keeps it in (helm <c>storage/driver</c>).</summary>
/// <param name="Item">What it is kept in; its metadata.</param>
/// <param name="IsSecret">False for Helm's driver <c>configmap</c>.</param>
/// <param name="Name">The release's name.</param>
/// <param name="Revision">The number of the revision.</param>
internal sealed record StoredRelease(KubeObject Item, bool IsSecret, string Name, int Revision)
{
    /// <summary>The labels by which Helm finds its own.</summary>
    public const string Selector = "owner=helm";

    private const string Prefix = "sh.helm.release.v1.";

    /// <summary>Helm's status; null where the label is missing.</summary>
    public string? State => Item.LabelsJson["status"u8].AsText();

    /// <summary>When Helm wrote it last.</summary>
    public DateTimeOffset? Updated =>
        Time(Item.LabelsJson["modifiedAt"u8]) ?? Time(Item.LabelsJson["createdAt"u8]) ?? Item.MetadataJson["creationTimestamp"u8].AsTime();

    /// <summary>The revision that an object holds; null for what only looks so.</summary>
    public static StoredRelease? Of(KubeObject item, bool isSecret)
    {
        if (!item.Name.StartsWith(Prefix, StringComparison.Ordinal) || item.LabelsJson["name"u8].AsText() is not { } name)
            return null;
        return int.TryParse(item.LabelsJson["version"u8].AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new(item, isSecret, name, revision)
            : null;
    }

    /// <summary>Seconds since 1970; null for what no time of this world has.</summary>
    private static DateTimeOffset? Time(JsonSlice label) =>
        long.TryParse(label.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
