using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Images;

/// <summary>One cluster's images: which pods use which.</summary>
internal sealed class ImagePart(ClusterIdentity cluster)
{
    private static readonly string[] Lists = ["containers", "initContainers", "ephemeralContainers"];
    private static readonly string[] Statuses = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"];

    private readonly Dictionary<ImageName, HashSet<(string Namespace, string Name)>> _pods = [];

    public ClusterIdentity Cluster => cluster;

    /// <summary>The pods by what they use, its digest the one that runs.</summary>
    public IReadOnlyDictionary<ImageName, HashSet<(string Namespace, string Name)>> Pods => _pods;

    /// <summary>Adds the images of a pod's containers, init containers among them.</summary>
    public void Add(KubePod pod)
    {
        for (var list = 0; list < Lists.Length; list++)
        {
            if (!pod.SpecJson.TryGetMember(Lists[list], out var containers))
                continue;
            pod.StatusJson.TryGetMember(Statuses[list], out var statuses);
            foreach (var container in containers.Elements)
            {
                if (container["image"u8].AsText() is not { } text)
                    continue;
                var name = ImageName.Parse(text);
                name = name with { Digest = ImageName.DigestOf(IdOf(statuses, container["name"u8])) ?? name.Digest };
                if (!_pods.TryGetValue(name, out var pods))
                    _pods.Add(name, pods = []);
                pods.Add((pod.Namespace ?? "", pod.Name));
            }
        }
    }

    private static string? IdOf(JsonSlice statuses, JsonSlice name)
    {
        foreach (var one in statuses.Elements)
        {
            if (one["name"u8].Raw.SequenceEqual(name.Raw))
                return one["imageID"u8].AsText();
        }

        return null;
    }
}
