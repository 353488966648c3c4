using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>An ImageStream of OpenShift, with the columns of <c>oc get imagestreams</c>.</summary>
[Kind("image.openshift.io", "ImageStream")]
public sealed class KubeImageStream : KubeObject
{
    internal KubeImageStream(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Where its images are, as others outside of the cluster reach it, else as the cluster does.</summary>
    [Column(Wide = true)]
    public string? Repository => StatusJson["publicDockerImageRepository"u8].AsText() ?? StatusJson["dockerImageRepository"u8].AsText();

    /// <summary>Its tags.</summary>
    [Column(Most = 20)]
    public TextList Tags => StatusJson["tags"u8].AsTexts("tag"u8);

    /// <summary>When a tag was last given another image.</summary>
    [Column(Age = true)]
    [ListItem]
    public DateTime? Updated
    {
        get
        {
            DateTimeOffset? latest = null;
            foreach (var tag in StatusJson["tags"u8].Elements)
            {
                foreach (var image in tag["items"u8].Elements)
                {
                    if (image["created"u8].AsTime() is { } created && (latest is null || created > latest))
                        latest = created;
                }
            }

            return latest?.LocalDateTime;
        }
    }
}
