using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A ClusterVersion of OpenShift, with the columns of <c>oc get clusterversions</c>.</summary>
[Kind("config.openshift.io", "ClusterVersion")]
[Views(Without = nameof(Namespace))]
public sealed class KubeClusterVersion : KubeObject
{
    internal KubeClusterVersion(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The version that was installed last; while one is being installed, the one before it.</summary>
    [Column(Most = 7)]
    public string? Version
    {
        get
        {
            foreach (var update in StatusJson["history"u8].Elements)
            {
                if (update["state"u8].Is("Completed"u8))
                    return update["version"u8].AsText();
            }

            return null;
        }
    }

    /// <summary>The version that it is to have.</summary>
    [Column(Wide = true)]
    public string? DesiredVersion => StatusJson["desired"u8]["version"u8].AsText();

    /// <summary>The channel that updates come from: <c>stable-4.18</c>.</summary>
    [Column(Wide = true)]
    public string? Channel => SpecJson["channel"u8].AsText();

    /// <summary>Whether it is available: <c>True</c>, <c>False</c>, <c>Unknown</c>.</summary>
    [Column(Most = 9, Toned = true)]
    public string? Available => Condition("Available"u8)["status"u8].AsText();

    /// <summary>Whether an update is under way.</summary>
    [Column("Progress", Most = 8)]
    [ListItem]
    public string? Progressing => Condition("Progressing"u8)["status"u8].AsText();

    /// <summary>Since when that is so.</summary>
    [Column("Since", Age = true)]
    [ListItem]
    public DateTime? ProgressingSince => Condition("Progressing"u8)["lastTransitionTime"u8].AsLocalTime();

    /// <summary>Versions that it may be updated to.</summary>
    [Column("Updates", Most = 8)]
    [ListItem]
    public TextList AvailableUpdates => StatusJson["availableUpdates"u8].AsTexts("version"u8);

    /// <summary>What the cluster says of its update.</summary>
    [Column(Wide = true)]
    public string? Message => Condition("Progressing"u8)["message"u8].AsText();

    /// <summary>Why something fails, when something does.</summary>
    [Column(Wide = true)]
    public string? Failure => StatusJson.HasCondition("Failing"u8) ? Condition("Failing"u8)["message"u8].AsText() : null;

    private JsonSlice Condition(ReadOnlySpan<byte> type) => StatusJson["conditions"u8].OfType(type);
}
