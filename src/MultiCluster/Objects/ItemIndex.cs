using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>Where in an object's JSON the fields stand that every row needs. Read in one pass; 0 means that the field is not there.</summary>
internal struct ItemIndex
{
    public int Root;
    public int Cells;
    public int Metadata;
    public int Spec;
    public int Status;
    public int Name;
    public int Namespace;
    public int Uid;
    public int ResourceVersion;
    public int CreationTimestamp;
    public int DeletionTimestamp;
    public int Labels;
    public int Annotations;
    public int OwnerReferences;

    /// <summary>The index of the object that fills <paramref name="json"/>.</summary>
    /// <exception cref="FormatException">The text is no Kubernetes object.</exception>
    public static ItemIndex OfObject(ReadOnlySpan<byte> json) => OfObject(json, out _);

    /// <summary>The index of the object with which <paramref name="json"/> begins, and the object's length.</summary>
    /// <exception cref="FormatException">The text is no Kubernetes object.</exception>
    public static ItemIndex OfObject(ReadOnlySpan<byte> json, out int length)
    {
        var index = default(ItemIndex);
        length = index.ReadRoot(json, 0);
        return index;
    }

    /// <summary>The index of the object in a row of a meta.k8s.io Table: <c>{"cells": [...], "object": {...}}</c>.</summary>
    public static ItemIndex OfTableRow(ReadOnlySpan<byte> json)
    {
        var index = default(ItemIndex);
        var found = false;
        for (var at = 1; JsonWalk.NextMember(json, ref at, out var name);)
        {
            if (json[name].SequenceEqual("cells"u8))
                index.Cells = at;
            if (json[name].SequenceEqual("object"u8) && json[at] == (byte)'{')
            {
                at = index.ReadRoot(json, at);
                found = true;
                continue;
            }

            at = JsonWalk.After(json, at);
        }

        return found ? index : throw new FormatException("a table's row has no object");
    }

    private int ReadRoot(ReadOnlySpan<byte> json, int root)
    {
        Root = root;
        var at = root + 1;
        while (JsonWalk.NextMember(json, ref at, out var range))
        {
            var name = json[range];
            if (name.SequenceEqual("metadata"u8))
            {
                Metadata = at;
                at = json[at] == (byte)'{' ? ReadMetadata(json, at) : JsonWalk.After(json, at);
                continue;
            }

            if (name.SequenceEqual("spec"u8))
                Spec = at;
            else if (name.SequenceEqual("status"u8))
                Status = at;
            at = JsonWalk.After(json, at);
        }

        return at;
    }

    private int ReadMetadata(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (JsonWalk.NextMember(json, ref at, out var range))
        {
            var name = json[range];
            switch (name.Length)
            {
                case 3 when name.SequenceEqual("uid"u8): Uid = at; break;
                case 4 when name.SequenceEqual("name"u8): Name = at; break;
                case 6 when name.SequenceEqual("labels"u8): Labels = at; break;
                case 9 when name.SequenceEqual("namespace"u8): Namespace = at; break;
                case 11 when name.SequenceEqual("annotations"u8): Annotations = at; break;
                case 15 when name.SequenceEqual("resourceVersion"u8): ResourceVersion = at; break;
                case 15 when name.SequenceEqual("ownerReferences"u8): OwnerReferences = at; break;
                case 17 when name.SequenceEqual("creationTimestamp"u8): CreationTimestamp = at; break;
                case 17 when name.SequenceEqual("deletionTimestamp"u8): DeletionTimestamp = at; break;
            }

            at = JsonWalk.After(json, at);
        }

        return at;
    }
}
