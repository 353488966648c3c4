using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A DeploymentConfig of OpenShift, with the columns of <c>oc get deploymentconfigs</c>.</summary>
[Kind("apps.openshift.io", "DeploymentConfig")]
public sealed class KubeDeploymentConfig : KubeObject
{
    internal KubeDeploymentConfig(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The number of its latest rollout; 0 before the first.</summary>
    [Column("Rev")]
    [ListItem]
    public int Revision => StatusJson["latestVersion"u8].AsInt32();

    /// <summary>Pods that are wanted.</summary>
    [Column(Most = 7)]
    public int Desired => SpecJson["replicas"u8].AsInt32();

    /// <summary>Pods that there are.</summary>
    [Column(Most = 7)]
    public int Current => StatusJson["replicas"u8].AsInt32();

    /// <summary>Pods that are ready, of those that are wanted.</summary>
    [Column(Most = 7, Toned = true)]
    public string Ready => $"{StatusJson["readyReplicas"u8].AsInt32()}/{Desired}";

    /// <summary>What begins a rollout: <c>config</c>, <c>image(web:latest)</c>.</summary>
    [Column(Wide = true)]
    public TextList TriggeredBy
    {
        get
        {
            var triggers = new List<string>();
            foreach (var trigger in SpecJson["triggers"u8].Elements)
            {
                if (trigger["type"u8].Is("ConfigChange"u8))
                    triggers.Add("config");
                else if (trigger["type"u8].Is("ImageChange"u8))
                    triggers.Add($"image({trigger["imageChangeParams"u8]["from"u8]["name"u8].AsText()})");
                else if (trigger["type"u8].AsText() is { } type)
                    triggers.Add(type);
            }

            return [.. triggers];
        }
    }

    /// <summary>Images of the template's containers, without init containers.</summary>
    public TextList Images => SpecJson["template"u8]["spec"u8]["containers"u8].AsTexts("image"u8);
}
