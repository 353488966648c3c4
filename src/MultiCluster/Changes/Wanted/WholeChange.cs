using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Changes.Wanted;

/// <summary>Writes of whole objects: made, replaced, copied.</summary>
internal static class WholeChange
{
    /// <summary>What of the metadata only servers write: what was read from one has it, and none of it can be asked for.</summary>
    public static IReadOnlyList<string> ServerFields { get; } = ["managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink"];

    /// <summary>What else belongs to an object in its own cluster, and to no copy of it.</summary>
    private static readonly string[] Own = ["ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds", "finalizers"];

    private static readonly string[] ServiceFields = ["clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"];
    private static readonly string[] JobLabels = ["controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name"];

    private static readonly string[] ClusterAnnotations =
    [
        "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision", "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller",
        "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner", "volume.kubernetes.io/selected-node", "control-plane.alpha.kubernetes.io/leader",
    ];

    /// <summary>Makes an object: it is an error when there is one of its name.</summary>
    /// <param name="manifest">The object.</param>
    /// <param name="ns">The call's namespace, or null.</param>
    /// <exception cref="FaultException">It is of another namespace than the call (Invalid).</exception>
    public static ObjectChange Create(Manifest manifest, string? ns)
    {
        CheckNamespace(manifest, ns);
        var body = Edited(manifest.Json, static root =>
        {
            foreach (var name in ServerFields)
                (root["metadata"] as JsonObject)?.Remove(name);
        });
        return new ObjectChange
        {
            ApiVersion = manifest.ApiVersion,
            Kind = manifest.Kind,
            Namespace = manifest.Namespace ?? ns,
            Name = manifest.Name ?? "",
            Source = $"{manifest.Place}",
            ReadsBefore = false,
            MayBeMissing = true,
            Wanted = new JsonSlice(body, 0),
            Action = "Create",
            Write = _ => new ObjectWrite(WriteMethod.Create, body),
        };
    }

    /// <summary>Replaces an object by a changed copy of it. With a resourceVersion it replaces no other version.</summary>
    /// <param name="manifest">The changed copy.</param>
    /// <param name="original">The object that it was copied from, where that is known.</param>
    /// <exception cref="FaultException">It has no name (Invalid).</exception>
    public static ObjectChange Replace(Manifest manifest, KubeObject? original)
    {
        if (manifest.Name is null)
            throw new FaultException(FaultPhase.Invalid, $"{manifest.Place}: {manifest} has no name, and nothing can be replaced by it", "Keep metadata.name of what was read.");
        var metadata = new JsonSlice(manifest.Json, 0)["metadata"u8];
        return new ObjectChange
        {
            ApiVersion = manifest.ApiVersion,
            Kind = manifest.Kind,
            Namespace = manifest.Namespace,
            Name = manifest.Name,
            Uid = metadata["uid"u8].AsString(),
            Source = $"{manifest.Place}",
            Wanted = new JsonSlice(manifest.Json, 0),
            Original = original,
            Action = "Replace",
            Write = _ => new ObjectWrite(WriteMethod.Replace, manifest.Json),
        };
    }

    /// <summary>A copy of an object, as a manifest for other clusters: without what makes it the object that it is, and what binds it to its cluster.</summary>
    /// <param name="json">The object.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="group">Its group.</param>
    /// <param name="ns">The namespace of the copy; null for the same.</param>
    /// <param name="name">The name of the copy; null for the same.</param>
    public static byte[] Copy(byte[] json, string group, string kind, string? ns, string? name) => Edited(json, root =>
    {
        Strip(root, group, kind);
        if (root["metadata"] is not JsonObject metadata)
            return;
        if (ns is not null && metadata.ContainsKey("namespace"))
            metadata["namespace"] = ns;
        if (name is not null)
            metadata["name"] = name;
    });

    /// <summary>Takes from an object its status, what makes it the object that it is, and what binds it to its cluster; its name stays.</summary>
    public static void Strip(JsonObject root, string group, string kind)
    {
        root.Remove("status");
        if (root["metadata"] is JsonObject metadata)
        {
            foreach (var member in ServerFields.Concat(Own))
                metadata.Remove(member);
            if (metadata["annotations"] is JsonObject annotations)
            {
                foreach (var annotation in ClusterAnnotations)
                    annotations.Remove(annotation);
                if (annotations.Count == 0)
                    metadata.Remove("annotations");
            }
        }

        if (root["spec"] is JsonObject spec)
            Unbind(root, spec, group, kind);
    }

    /// <summary>Takes from an object and its spec what its cluster has put into them.</summary>
    private static void Unbind(JsonObject root, JsonObject spec, string group, string kind)
    {
        switch (group, kind)
        {
            case ("", "Service"):
                foreach (var member in ServiceFields)
                    spec.Remove(member);
                if (spec["clusterIP"]?.ToString() != "None")
                    spec.Remove("clusterIP"); // a headless service is meant to have none
                foreach (var port in (spec["ports"] as JsonArray ?? []).OfType<JsonObject>())
                    port.Remove("nodePort");
                break;
            case ("", "PersistentVolumeClaim"):
                spec.Remove("volumeName");
                break;
            case ("", "PersistentVolume"):
                spec.Remove("claimRef");
                break;
            case ("", "Pod"):
                spec.Remove("nodeName");
                break;
            case ("", "Namespace"):
                spec.Remove("finalizers");
                break;
            case ("batch", "Job"):
                // The controller makes them for each Job anew, unless the user has chosen them.
                if (spec["manualSelector"]?.GetValueKind() != JsonValueKind.True)
                {
                    spec.Remove("selector");
                    foreach (var labels in new[] { root["metadata"]?["labels"], spec["template"]?["metadata"]?["labels"] }.OfType<JsonObject>())
                    {
                        foreach (var label in JobLabels)
                            labels.Remove(label);
                    }
                }

                break;
        }
    }

    /// <exception cref="FaultException">The object is of another namespace than the call (Invalid).</exception>
    public static void CheckNamespace(Manifest manifest, string? ns)
    {
        if (ns is not null && manifest.Namespace is not null && manifest.Namespace != ns)
            throw new FaultException(FaultPhase.Invalid, $"{manifest.Place}: {manifest} is of the namespace {manifest.Namespace}, and -Namespace says {ns}", "Leave out one of them.");
    }

    private static byte[] Edited(byte[] json, Action<JsonObject> edit)
    {
        var root = (JsonObject)JsonNode.Parse(json)!;
        edit(root);
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }
}
