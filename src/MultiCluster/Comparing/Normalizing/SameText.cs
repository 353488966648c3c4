using System.Security.Cryptography;
using System.Text;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Comparing.Normalizing;

/// <summary>
/// What of an object's text is compared, so that objects which are written alike are read once: of a hundred clusters most have the same, and
/// only where they are. Two that differ here may still be worth the same.
/// </summary>
internal static class SameText
{
    private static readonly string[] Own =
    [
        "name", "namespace", "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "ownerReferences", "finalizers",
        "deletionTimestamp", "deletionGracePeriodSeconds",
    ];

    /// <summary>The text, as a key.</summary>
    public static string Of(KubeObject item, bool includeStatus)
    {
        var text = new MemoryStream(item.Size);
        foreach (var member in item.Root.Members)
        {
            if (member.NameIs("metadata"u8))
                AddMetadata(text, member.Value);
            else if (!member.NameIs("apiVersion"u8) && !member.NameIs("kind"u8) && (includeStatus || !member.NameIs("status"u8)))
                Add(text, member);
        }

        return Convert.ToHexString(SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length)));
    }

    private static void AddMetadata(MemoryStream text, JsonSlice metadata)
    {
        foreach (var member in metadata.Members)
        {
            if (Array.Exists(Own, name => member.Name == name))
                continue;
            if (!member.NameIs("annotations"u8))
            {
                Add(text, member);
                continue;
            }

            foreach (var annotation in member.Value.Members)
            {
                // Revisions and what was applied are each cluster's own.
                if (!annotation.Name.StartsWith("deployment.kubernetes.io/", StringComparison.Ordinal) && annotation.Name != "kubectl.kubernetes.io/last-applied-configuration")
                    Add(text, annotation);
            }
        }
    }

    private static void Add(MemoryStream text, JsonSlice.Member member)
    {
        text.Write(Encoding.UTF8.GetBytes(member.Name));
        text.WriteByte((byte)'\n');
        text.Write(member.Value.Raw);
        text.WriteByte((byte)'\n');
    }
}
