namespace MultiCluster.Objects.Yaml;

/// <summary>A place in a text, counted from 1.</summary>
internal readonly record struct TextPlace(int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}
