namespace MultiCluster.Objects.Yaml;

/// <summary>A document of a text, or why there is none.</summary>
/// <param name="Number">Its place among the documents of its text, from 1; empty ones do not count.</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Root">What it holds; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record YamlDocument(int Number, TextPlace Place, YamlNode? Root, YamlProblemException? Problem = null);
