using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Reads;

/// <summary>Where a list goes on: the resourceVersion it shows (-1 for whatever is newest) and the key it starts after.</summary>
internal readonly record struct ContinueToken(long ResourceVersion, string After)
{
    public string Encode()
    {
        var json = new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = ResourceVersion, ["start"] = After + "\0" };
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    public static ContinueToken Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(Base64Url.DecodeFromChars(text))!;
            return new ContinueToken(json["rv"]!.GetValue<long>(), json["start"]!.GetValue<string>().TrimEnd('\0'));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw StatusError.BadRequest("continue key is not valid: the token cannot be decoded");
        }
    }
}
