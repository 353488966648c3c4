namespace MultiCluster.Clusters;

/// <summary>A cluster's tags. Where one text is wanted of them, as in a cell of Export-Csv, it is <c>region=eu;tier=prod</c>.</summary>
internal sealed class TagMap(IEnumerable<KeyValuePair<string, string>> tags) : Dictionary<string, string>(tags, StringComparer.Ordinal)
{
    public override string ToString() => string.Join(';', this.Select(static tag => tag.Value.Length == 0 ? tag.Key : $"{tag.Key}={tag.Value}"));
}
