using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>Fields as columns need them: nothing throws, what is missing or of another type is null, 0 or empty.</summary>
internal static class JsonFields
{
    private const string None = "<none>";

    /// <summary>A whole number, 0 when there is none.</summary>
    public static int AsInt32(this JsonSlice value) => (int)Math.Clamp(value.AsInt64() ?? 0, int.MinValue, int.MaxValue);

    /// <summary>A time in the local zone.</summary>
    public static DateTime? AsLocalTime(this JsonSlice value) => value.AsTime()?.LocalDateTime;

    /// <summary>A text, or null when there is none or it is empty.</summary>
    public static string? AsText(this JsonSlice value) => value.AsString() is { Length: > 0 } text ? text : null;

    /// <summary>A quantity, or null when there is none or it cannot be read.</summary>
    public static Quantity? AsQuantity(this JsonSlice value) => Quantity.TryParse(value.AsString(), out var quantity) ? quantity : null;

    public static KubeMap? AsMap(this JsonSlice value, FieldPlace? place = null) => value.IsObject ? new KubeMap(value, place) : null;

    public static KubeList? AsList(this JsonSlice value) => value.IsArray ? new KubeList(value) : null;

    /// <summary>Members of an object or elements of an array.</summary>
    public static int Count(this JsonSlice value)
    {
        if (value.IsArray)
            return value.Elements.Count();
        var count = 0;
        foreach (var _ in value.Members)
            count++;
        return count;
    }

    /// <summary>The texts of an array.</summary>
    public static TextList AsTexts(this JsonSlice array)
    {
        List<string>? texts = null;
        foreach (var element in array.Elements)
        {
            if (element.AsText() is { } text)
                (texts ??= []).Add(text);
        }

        return texts is null ? [] : [.. texts];
    }

    /// <summary>The texts of one field of an array's objects: the images of containers.</summary>
    public static TextList AsTexts(this JsonSlice array, ReadOnlySpan<byte> field)
    {
        List<string>? texts = null;
        foreach (var element in array.Elements)
        {
            if (element[field].AsText() is { } text)
                (texts ??= []).Add(text);
        }

        return texts is null ? [] : [.. texts];
    }

    /// <summary>The first element whose <c>type</c> is that; conditions and addresses are such lists.</summary>
    public static JsonSlice OfType(this JsonSlice array, ReadOnlySpan<byte> type)
    {
        foreach (var element in array.Elements)
        {
            if (element["type"u8].Is(type))
                return element;
        }

        return default;
    }

    /// <summary>True when the condition of that type has the status <c>True</c>.</summary>
    public static bool HasCondition(this JsonSlice status, ReadOnlySpan<byte> type) =>
        status["conditions"u8].OfType(type)["status"u8].Is("True"u8);

    /// <summary>A map as kubectl prints labels: <c>app=web,tier=front</c>, or <c>&lt;none&gt;</c>.</summary>
    public static string AsLabelText(this JsonSlice map)
    {
        var pairs = new List<string>();
        foreach (var member in map.Members)
            pairs.Add($"{member.Name}={member.Value.AsString()}");
        return Joined(pairs);
    }

    /// <summary>A label selector as kubectl prints it: <c>app=web,tier in (a,b),!canary</c>, or <c>&lt;none&gt;</c>.</summary>
    public static string AsSelectorText(this JsonSlice selector)
    {
        var requirements = new List<(string Key, string Text)>();
        foreach (var member in selector["matchLabels"u8].Members)
            requirements.Add((member.Name, $"{member.Name}={member.Value.AsString()}"));
        foreach (var expression in selector["matchExpressions"u8].Elements)
        {
            var key = expression["key"u8].AsString() ?? "";
            var values = expression["values"u8].AsTexts().Order(StringComparer.Ordinal);
            var text = expression["operator"u8].AsString() switch
            {
                "In" => $"{key} in ({string.Join(',', values)})",
                "NotIn" => $"{key} notin ({string.Join(',', values)})",
                "DoesNotExist" => $"!{key}",
                _ => key,
            };
            requirements.Add((key, text));
        }

        return requirements.Count == 0
            ? None
            : string.Join(',', requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal).Select(requirement => requirement.Text));
    }

    /// <summary>The addresses of a load balancer's status, sorted: its IPs, and host names where it has no IP.</summary>
    public static TextList AsLoadBalancerAddresses(this JsonSlice loadBalancer)
    {
        var addresses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var ingress in loadBalancer["ingress"u8].Elements)
        {
            if ((ingress["ip"u8].AsText() ?? ingress["hostname"u8].AsText()) is { } address)
                addresses.Add(address);
        }

        return [.. addresses];
    }

    /// <summary>Access modes in kubectl's short form and order: <c>RWO ROX RWX RWOP</c>.</summary>
    public static TextList AsAccessModes(this JsonSlice modes)
    {
        var sent = modes.AsTexts();
        (string Name, string Short)[] known =
            [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];
        return [.. known.Where(mode => sent.Contains(mode.Name)).Select(mode => mode.Short)];
    }

    private static string Joined(List<string> parts)
    {
        if (parts.Count == 0)
            return None;
        parts.Sort(StringComparer.Ordinal);
        return string.Join(',', parts);
    }
}
