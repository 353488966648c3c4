using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>DELETE of one object.</summary>
internal static class DeleteRequests
{
    // Kinds whose last state is answered even when they are gone (ReturnDeletedObject).
    private static readonly string[] ShownWhenGone =
    [
        "pods", "podtemplates", "persistentvolumeclaims", "persistentvolumes", "resourcequotas", "serviceaccounts", "services",
        "storageclasses.storage.k8s.io", "volumeattachments.storage.k8s.io",
    ];

    public static async Task ServeAsync(SimulatedRequest request, ResourceKind kind, Deletion deletion)
    {
        var options = await DeleteOptions.OfAsync(request);
        var (ns, name) = request.KeyOf(kind);
        NamespaceDeletion.CheckMortal(kind, name);
        var (last, gone) = deletion.Run(kind, ns, name, options);
        if (!gone || ShownWhenGone.Contains(kind.QualifiedPlural))
        {
            await Answer.ObjectAsync(request, last);
            return;
        }
        var details = new JsonObject { ["name"] = name, ["kind"] = kind.Plural, ["uid"] = last.Uid };
        if (kind.Group.Length > 0) details.Insert(1, "group", kind.Group);
        await Answer.JsonAsync(
            request.Context,
            new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details });
    }
}
