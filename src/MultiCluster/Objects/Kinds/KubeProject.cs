using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Project of OpenShift, with the columns of <c>oc get projects</c>: a namespace that the user may see.</summary>
[Kind("project.openshift.io", "Project")]
[Views(Without = nameof(Namespace))]
public sealed class KubeProject : KubeObject
{
    internal KubeProject(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>What it is called for people.</summary>
    [Column(Most = 16)]
    public string? DisplayName => AnnotationsJson["openshift.io/display-name"u8].AsText();

    /// <summary>Who asked for it.</summary>
    [Column(Wide = true)]
    public string? Requester => AnnotationsJson["openshift.io/requester"u8].AsText();

    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    [Column(Most = 11, Toned = true)]
    public string? State => StatusJson["phase"u8].AsText();
}
