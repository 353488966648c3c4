using System.Text;

namespace MultiCluster.Sandbox.Objects;

/// <summary>A printer column of a custom resource (<c>additionalPrinterColumns</c>).</summary>
public sealed record PrinterColumn(string Name, string Type, string JsonPath, string Format = "", string Description = "", int Priority = 0);

/// <summary>A version in which a kind is served.</summary>
public sealed record ServedVersion(string Name, IReadOnlyList<PrinterColumn> Columns);

/// <summary>A kind that a cluster serves, with what discovery says about it.</summary>
public sealed record ResourceKind
{
    /// <summary>API group; empty for the core group.</summary>
    public required string Group { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    /// <summary>The versions in which it is served; the first is the preferred one.</summary>
    public required IReadOnlyList<ServedVersion> Versions { get; init; }

    public bool Namespaced { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>Names of its subresources, as discovery lists them.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>True for a kind defined by a CustomResourceDefinition: a server encodes those with sorted keys.</summary>
    public bool IsCustom { get; init; }

    /// <summary>The kind in which its objects are stored, when they are those of another kind seen through another API; null for the kind itself.</summary>
    internal ResourceKind? StoredAs { get; init; }

    internal ResourceKind Stored => StoredAs ?? this;

    public string Version => Versions[0].Name;

    public string ApiVersion => ApiVersionOf(Group, Version);

    /// <summary>The name used in messages: <c>deployments.apps</c>, or <c>pods</c> in the core group.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public ServedVersion? FindVersion(string name) => Versions.FirstOrDefault(v => v.Name == name);

    /// <summary>The same kind served in other versions.</summary>
    internal ResourceKind In(IEnumerable<string> versions) => this with { Versions = [.. versions.Select(v => new ServedVersion(v, []))] };

    /// <summary>What stands before a body's first field in a single object's answer.</summary>
    internal byte[] Head(string version)
    {
        var apiVersion = ApiVersionOf(Group, version);
        return Encoding.UTF8.GetBytes(IsCustom ? $"{{\"apiVersion\":\"{apiVersion}\"," : $"{{\"kind\":\"{Kind}\",\"apiVersion\":\"{apiVersion}\",");
    }

    public static string ApiVersionOf(string group, string version) => group.Length == 0 ? version : $"{group}/{version}";

    public bool Equals(ResourceKind? other) => other is not null && Group == other.Group && Plural == other.Plural;

    public override int GetHashCode() => HashCode.Combine(Group, Plural);
}
