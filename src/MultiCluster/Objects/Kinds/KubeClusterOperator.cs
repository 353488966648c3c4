using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ClusterOperator of OpenShift, with the columns of <c>oc get clusteroperators</c>.</summary>
[Kind("config.openshift.io", "ClusterOperator")]
[Views(Without = nameof(Namespace))]
public sealed class KubeClusterOperator : KubeObject
{
    internal KubeClusterOperator(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The operator's version.</summary>
    [Column(Most = 7)]
    public string? Version
    {
        get
        {
            foreach (var version in StatusJson["versions"u8].Elements)
            {
                if (version["name"u8].Is("operator"u8))
                    return version["version"u8].AsText();
            }

            return null;
        }
    }

    /// <summary>Whether it does its work: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 9, Toned = true)]
    public string? Available => Condition("Available"u8)["status"u8].AsText();

    /// <summary>Whether it changes something.</summary>
    [Column("Progress", Most = 8)]
    [ListItem]
    public string? Progressing => Condition("Progressing"u8)["status"u8].AsText();

    /// <summary>Whether something hinders it.</summary>
    [Column(Most = 8, Toned = true)]
    public string? Degraded => Condition("Degraded"u8)["status"u8].AsText();

    /// <summary>Since when it is available, or not.</summary>
    [Column("Since", Age = true)]
    [ListItem]
    public DateTime? AvailableSince => Condition("Available"u8)["lastTransitionTime"u8].AsLocalTime();

    /// <summary>Why it is degraded, progresses or is not available; null when all is well.</summary>
    [Column(Wide = true)]
    public string? Message =>
        StatusJson.HasCondition("Degraded"u8) ? Condition("Degraded"u8)["message"u8].AsText()
        : StatusJson.HasCondition("Progressing"u8) ? Condition("Progressing"u8)["message"u8].AsText()
        : StatusJson.HasCondition("Available"u8) ? null
        : Condition("Available"u8)["message"u8].AsText();

    private JsonSlice Condition(ReadOnlySpan<byte> type) => StatusJson["conditions"u8].OfType(type);
}
