using System.Buffers;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Comparing.Normalizing;

/// <summary>
/// What of an object's text is compared, so that objects which are written alike are read once: of a hundred clusters most have the same, and
/// only where they are. Two that differ here may still be worth the same. Each byte is stepped over once, and what is kept is copied as it stands.
/// </summary>
internal sealed class SameText(bool includeStatus)
{
    private readonly ArrayBufferWriter<byte> _text = new(8 * 1024);

    /// <summary>The text, which is good until the next is asked for.</summary>
    public ReadOnlySpan<byte> Of(KubeObject item)
    {
        _text.ResetWrittenCount();
        ReadOnlySpan<byte> json = item.Content.Json;
        var at = item.Content.Index.Root + 1;
        while (JsonWalk.NextMember(json, ref at, out var name))
        {
            var start = at;
            at = JsonWalk.After(json, at);
            var value = json[start..at];
            if (json[name].SequenceEqual("metadata"u8) && value[0] == (byte)'{')
                AddMetadata(value);
            else if (!IsLeftOut(json[name]))
                Add(json[name], value);
        }

        return _text.WrittenSpan;
    }

    private void AddMetadata(ReadOnlySpan<byte> metadata)
    {
        var at = 1;
        while (JsonWalk.NextMember(metadata, ref at, out var name))
        {
            var start = at;
            at = JsonWalk.After(metadata, at);
            var value = metadata[start..at];
            if (metadata[name].SequenceEqual("annotations"u8) && value[0] == (byte)'{')
                AddAnnotations(value);
            else if (!IsOwn(metadata[name]))
                Add(metadata[name], value);
        }
    }

    private void AddAnnotations(ReadOnlySpan<byte> annotations)
    {
        var at = 1;
        while (JsonWalk.NextMember(annotations, ref at, out var name))
        {
            var start = at;
            at = JsonWalk.After(annotations, at);

            // Revisions and what was applied are each cluster's own.
            if (!annotations[name].StartsWith("deployment.kubernetes.io/"u8) && !annotations[name].SequenceEqual("kubectl.kubernetes.io/last-applied-configuration"u8))
                Add(annotations[name], annotations[start..at]);
        }
    }

    private void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _text.Write(name);
        _text.Write("\n"u8);
        _text.Write(value);
        _text.Write("\n"u8);
    }

    private bool IsLeftOut(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("apiVersion"u8) || name.SequenceEqual("kind"u8) || (!includeStatus && name.SequenceEqual("status"u8));

    private static bool IsOwn(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("name"u8) || name.SequenceEqual("namespace"u8) || name.SequenceEqual("generateName"u8) || name.SequenceEqual("uid"u8)
        || name.SequenceEqual("resourceVersion"u8) || name.SequenceEqual("generation"u8) || name.SequenceEqual("creationTimestamp"u8) || name.SequenceEqual("managedFields"u8)
        || name.SequenceEqual("selfLink"u8) || name.SequenceEqual("ownerReferences"u8) || name.SequenceEqual("finalizers"u8)
        || name.SequenceEqual("deletionTimestamp"u8) || name.SequenceEqual("deletionGracePeriodSeconds"u8);
}
