namespace MultiCluster.Manifests;

/// <summary>Where an object stands that somebody wrote down.</summary>
/// <param name="Source">The file, or what else the text came from.</param>
/// <param name="Document">Which document of it, from 1; the objects of one list stand in the same one.</param>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Column">The column at which it begins.</param>
internal sealed record ManifestPlace(string Source, int Document, int Line, int Column)
{
    /// <summary>As compilers write it, which editors and terminals make a link of.</summary>
    public override string ToString() => $"{Source}:{Line}:{Column}";
}
