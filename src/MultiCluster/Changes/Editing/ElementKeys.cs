using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiCluster.Changes.Editing;

/// <summary>
/// What makes the elements of a list the same ones in several versions of it: a name, a type, a port with its protocol. Custom kinds do not
/// say which of their fields it is, so that it is found in the elements themselves: all must have it, and no two the same.
/// </summary>
internal static class ElementKeys
{
    /// <summary>The likeliest first. The second one may be left out of an element, as the protocol of a port.</summary>
    private static readonly (string Member, string? Optional)[] Identities =
    [
        ("name", null), ("type", null), ("key", null), ("mountPath", null), ("devicePath", null), ("containerPort", "protocol"),
        ("port", "protocol"), ("topologyKey", "whenUnsatisfiable"), ("ip", null), ("uid", null),
    ];

    /// <summary>The elements of each list by their keys, in their order; null when there is nothing that tells them apart in all of the lists.</summary>
    public static IReadOnlyList<OrderedDictionary<string, JsonObject>>? Of(params IReadOnlyList<JsonArray?> lists)
    {
        foreach (var identity in Identities)
        {
            var keyed = lists.Select(list => Keyed(list, identity)).ToArray();
            if (!keyed.Contains(null))
                return keyed!;
        }

        return null;
    }

    private static OrderedDictionary<string, JsonObject>? Keyed(JsonArray? list, (string Member, string? Optional) identity)
    {
        var keyed = new OrderedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var element in list ?? [])
        {
            if (element is not JsonObject table || Text(table[identity.Member]) is not { } key)
                return null;
            var more = identity.Optional is null ? null : Text(table[identity.Optional]);
            if (!keyed.TryAdd(more is null ? $"{identity.Member}={key}" : $"{identity.Member}={key},{identity.Optional}={more}", table))
                return null;
        }

        return keyed;
    }

    private static string? Text(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
