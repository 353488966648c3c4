using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>
/// A Secret, with the columns of <c>kubectl get secrets</c>. Values are shown by name and size only; they are read on demand:
/// <see cref="GetValue"/>, <see cref="GetBytes"/>, an entry of <see cref="Data"/> by its name, or <see cref="KubeObject.ToJson"/>.
/// </summary>
[Kind("", "Secret")]
public sealed class KubeSecret : KubeObject
{
    internal KubeSecret(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>The type: <c>Opaque</c>, <c>kubernetes.io/tls</c> ...</summary>
    [Column(Most = 16)]
    public string? Type => Root["type"u8].AsText();

    /// <summary>How many entries it has.</summary>
    [Column("Data", Listed = false)]
    public int DataCount => Root["data"u8].Count();

    /// <summary>The entries. One asked for by name is the base64 text as the server sent it; a view of them all is masked.</summary>
    [ListItem]
    public KubeSecretData Data => new(Root["data"u8], isBase64: true);

    /// <summary>Entries written as text. Servers take them and never send them back.</summary>
    public KubeSecretData StringData => new(Root["stringData"u8], isBase64: false);

    /// <summary>True when it cannot be changed any more.</summary>
    public bool Immutable => Root["immutable"u8].AsBoolean();

    /// <summary>The text of an entry, or null when there is none of that name.</summary>
    /// <exception cref="FormatException">The entry is no base64.</exception>
    public string? GetValue(string key) => GetBytes(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The bytes of an entry, or null when there is none of that name.</summary>
    /// <exception cref="FormatException">The entry is no base64.</exception>
    public byte[]? GetBytes(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Root["data"u8].TryGetMember(key, out var entry) && entry.AsString() is { } text ? Convert.FromBase64String(text) : null;
    }
}
