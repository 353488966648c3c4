using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>Who gets a role.</summary>
public abstract class KubeBinding : KubeObject
{
    private protected KubeBinding(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The role: <c>ClusterRole/view</c>.</summary>
    [Column(Most = 16)]
    public string Role => $"{Root["roleRef"u8]["kind"u8].AsString()}/{Root["roleRef"u8]["name"u8].AsString()}";

    /// <summary>The reference to the role.</summary>
    public KubeMap? RoleRef => Root["roleRef"u8].AsMap();

    /// <summary>Who gets it.</summary>
    public KubeList? Subjects => Root["subjects"u8].AsList();

    /// <summary>The users who get it.</summary>
    [Column(Wide = true)]
    public TextList Users => OfKind("User"u8);

    /// <summary>The groups that get it.</summary>
    [Column(Wide = true)]
    public TextList Groups => OfKind("Group"u8);

    /// <summary>The service accounts that get it, as <c>namespace/name</c>.</summary>
    [Column(Wide = true)]
    public TextList ServiceAccounts => OfKind("ServiceAccount"u8);

    private TextList OfKind(ReadOnlySpan<byte> kind)
    {
        var names = new List<string>();
        foreach (var subject in Root["subjects"u8].Elements)
        {
            if (!subject["kind"u8].Is(kind))
                continue;
            var name = subject["name"u8].AsString() ?? "";
            names.Add(kind.SequenceEqual("ServiceAccount"u8) ? $"{subject["namespace"u8].AsString()}/{name}" : name);
        }

        return [.. names];
    }
}
