using System.Buffers;
using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Helm;

/// <summary>A release as an object, so that it is compared as objects are: what Helm has installed there, by the names of <see cref="KubeHelmRelease"/>'s properties.</summary>
internal static class ReleaseObject
{
    /// <summary>The kind of these objects, which no cluster serves.</summary>
    public static readonly ResourceKind Kind = new() { Group = "helm.sh", Version = "v3", Kind = "HelmRelease", Plural = "helmreleases", Singular = "helmrelease", Namespaced = true };

    /// <summary>The object. What Helm says of the revision is its status.</summary>
    /// <exception cref="FaultException">The release's payload was not read (Invalid): what is not known is not missing.</exception>
    public static KubeObject Of(KubeHelmRelease release)
    {
        var (stored, content) = (release.Stored, release.Content);
        if (content is null)
        {
            throw new FaultException(
                FaultPhase.Invalid,
                $"the payload of Helm release {stored.Name} in namespace {stored.Item.Namespace} of {stored.Item.ClusterName} was not read, so that its chart is not known",
                "Leave out -MetadataOnly of Get-KubeHelmRelease. Where it was not given, an error before says why the payload could not be read.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteString("name", stored.Name);
            json.WriteString("namespace", stored.Item.Namespace);
            json.WriteEndObject();
            json.WriteString("chartName", content.ChartName);
            json.WriteString("chartVersion", content.ChartVersion);
            json.WriteString("appVersion", content.AppVersion);
            json.WriteString("state", release.State);
            json.WriteNumber("revision", release.Revision);
            if (content.Values is { } values)
            {
                json.WritePropertyName("values");
                values.WriteTo(json);
            }

            if (content.Manifest is { } manifest)
                json.WriteString("manifest", manifest);
            json.WriteStartObject("status");
            json.WriteString("description", content.Description);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var bytes = buffer.WrittenSpan.ToArray();
        var source = new ObjectSource { Cluster = stored.Item.Source.Cluster, Kind = Kind, Time = stored.Item.Source.Time };
        return KubeObjectFactory.For(Kind)(new ObjectContent(source, bytes, ItemIndex.OfObject(bytes)));
    }
}
