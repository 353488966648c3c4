using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Objects;

namespace MultiCluster.Comparing;

/// <summary>
/// What stands where a value of a Secret would: its size, and a mark that is the same for the same values of one comparison and tells nothing
/// of them. A bare hash would let one try values until it fits.
/// </summary>
internal sealed class SecretMark
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Puts marks in place of a Secret's values.</summary>
    public void Hide(JsonObject secret)
    {
        foreach (var entries in new[] { secret["data"], secret["stringData"] }.OfType<JsonObject>())
        {
            foreach (var name in entries.Select(static pair => pair.Key).ToArray())
                entries[name] = Of($"{entries[name]}");
        }

        if (secret["metadata"]?["annotations"] is JsonObject annotations)
            annotations.Remove("kubectl.kubernetes.io/last-applied-configuration");
    }

    /// <summary>Puts marks in place of what a release's values call secret, and of its manifest, which may hold Secrets.</summary>
    public void HideNamed(JsonObject release)
    {
        SecretNames.Hide(release["values"], text => Of(Encoding.UTF8.GetBytes(text), null));
        if (release["manifest"] is { } manifest)
            release["manifest"] = Of(Encoding.UTF8.GetBytes($"{manifest}"), null);
    }

    private string Of(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return Of(bytes, Convert.TryFromBase64String(value, new byte[bytes.Length], out var size) ? size : null);
    }

    private string Of(byte[] bytes, int? size) => $"{MaskedSecret.Of(size ?? bytes.Length)} #{Convert.ToHexStringLower(HMACSHA256.HashData(_key, bytes))[..8]}";
}
