using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A BuildConfig of OpenShift, with the columns of <c>oc get buildconfigs</c>.</summary>
[Kind("build.openshift.io", "BuildConfig")]
public sealed class KubeBuildConfig : KubeObject
{
    internal KubeBuildConfig(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The strategy: <c>Source</c>, <c>Docker</c>, <c>Custom</c>, <c>JenkinsPipeline</c>.</summary>
    [Column(Most = 8)]
    public string? Type => SpecJson["strategy"u8]["type"u8].AsText();

    /// <summary>Where the source comes from: <c>Git@main</c>, <c>Dockerfile</c>, <c>Binary</c>.</summary>
    [Column(Most = 12)]
    public string? From
    {
        get
        {
            var source = SpecJson["source"u8];
            return source["git"u8]["ref"u8].AsText() is { } reference ? $"{source["type"u8].AsText()}@{reference}" : source["type"u8].AsText();
        }
    }

    /// <summary>The number of its latest build; 0 before the first.</summary>
    [Column(Most = 6)]
    public int Latest => StatusJson["lastVersion"u8].AsInt32();

    /// <summary>The repository of the source.</summary>
    [Column(Wide = true)]
    public string? Repository => SpecJson["source"u8]["git"u8]["uri"u8].AsText();

    /// <summary>Where the image goes to.</summary>
    [Column(Wide = true)]
    public string? Output => SpecJson["output"u8]["to"u8]["name"u8].AsText();
}
