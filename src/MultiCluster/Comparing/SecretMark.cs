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

    private string Of(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var buffer = new byte[bytes.Length];
        var size = Convert.TryFromBase64String(value, buffer, out var written) ? written : bytes.Length;
        return $"{MaskedSecret.Of(size)} #{Convert.ToHexStringLower(HMACSHA256.HashData(_key, bytes))[..8]}";
    }
}
