namespace MultiCluster.Objects.Yaml;

/// <summary>A document cannot be read. The message holds names and places of it, and no value.</summary>
internal sealed class YamlProblemException(TextPlace place, string message, string advice) : Exception(message)
{
    /// <summary>Where, in the whole text.</summary>
    public TextPlace Place { get; } = place;

    /// <summary>What to do about it.</summary>
    public string Advice { get; } = advice;
}
