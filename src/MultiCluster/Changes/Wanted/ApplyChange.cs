using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Api.Writes;
using MultiCluster.Changes.Diffs;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Objects.Json;

namespace MultiCluster.Changes.Wanted;

/// <summary>Server-side applies: an object becomes what a manifest says of it, and keeps what it says nothing of.</summary>
internal static class ApplyChange
{
    /// <summary>The apply of a manifest, in every cluster of the call.</summary>
    /// <param name="manifest">What is wanted.</param>
    /// <param name="ns">The call's namespace, or null.</param>
    /// <param name="force">Whether fields are taken from their owners.</param>
    /// <exception cref="FaultException">It cannot be applied (Invalid): it has no name of its own, or another namespace than the call.</exception>
    public static ObjectChange Of(Manifest manifest, string? ns, bool force)
    {
        if (manifest.Name is null)
            throw Wrong(manifest, "has no name of its own (generateName), and an apply is to find it again", "Give it a metadata.name, or make it with New-KubeResource.");
        WholeChange.CheckNamespace(manifest, ns);
        var body = Body(manifest.Json);
        var wanted = new JsonSlice(body, 0);
        return new ObjectChange
        {
            ApiVersion = manifest.ApiVersion,
            Kind = manifest.Kind,
            Namespace = manifest.Namespace ?? ns,
            Name = manifest.Name,
            Source = $"{manifest.Place}",
            MayBeMissing = true,
            Wanted = wanted,
            Action = "Apply",
            Write = before => before is not null && AppliedFields.Hold(before, wanted) ? null : new ObjectWrite(WriteMethod.Apply, body) { Force = force },
        };
    }

    /// <summary>The manifest without what only servers write.</summary>
    private static byte[] Body(byte[] json)
    {
        var root = new JsonSlice(json, 0);
        var metadata = root["metadata"u8];
        var removed = WholeChange.ServerFields.Where(name => metadata.TryGetMember(name, out _)).ToArray();
        if (removed.Length == 0 && !root["status"u8].Exists)
            return json;
        var node = (JsonObject)JsonNode.Parse(json)!;
        foreach (var name in removed)
            ((JsonObject)node["metadata"]!).Remove(name);
        node.Remove("status");
        return JsonSerializer.SerializeToUtf8Bytes(node);
    }

    private static FaultException Wrong(Manifest manifest, string what, string advice) =>
        new(FaultPhase.Invalid, $"{manifest.Place}: {manifest} {what}", advice);
}
