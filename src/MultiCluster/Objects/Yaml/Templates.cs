namespace MultiCluster.Objects.Yaml;

/// <summary>Files that are no YAML before something has filled them in.</summary>
internal static class Templates
{
    public static YamlProblemException Problem(TextPlace place) => new(
        place,
        "this is a template: what stands in {{ }} or {% %} has not been filled in",
        "Render it first, as with helm template, and use what comes out.");
}
