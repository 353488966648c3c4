namespace MultiCluster.Objects;

/// <summary>A kind as one cluster serves it: the entry of its discovery.</summary>
public sealed record ResourceKind
{
    /// <summary>API group; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>API version without its group: <c>v1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The kind: <c>Pod</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Plural, as it stands in URLs: <c>pods</c>.</summary>
    public required string Plural { get; init; }

    /// <summary>Singular: <c>pod</c>.</summary>
    public string Singular { get; init; } = "";

    /// <summary>Short names: <c>po</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories: <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What the server lets one do with it: <c>get</c>, <c>list</c>, <c>watch</c> ...</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>Names of its subresources: <c>status</c>, <c>scale</c>, <c>log</c> ...</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>True when its objects live in namespaces.</summary>
    public bool Namespaced { get; init; }

    /// <summary><c>group/version</c>, or the version alone for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>plural.group</c>, or the plural alone for the core group.</summary>
    public string Resource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Path of the kind's objects: of <paramref name="ns"/>, or of the whole cluster when that is null or the kind is not namespaced.</summary>
    public string Path(string? ns = null)
    {
        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        return ns is null || !Namespaced ? $"{root}/{Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ApiVersion} {Kind}";
}
