using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Typed.Models;

/// <summary>Makes a model of tables, lists and plain values. Names are taken whatever their case; one that the model does not know is refused.</summary>
internal static class ModelBuilder
{
    /// <exception cref="FaultException">Invalid: a member is unknown, or a value does not fit.</exception>
    public static object Build(ModelType type, IDictionary members)
    {
        var json = Of(members, type.Class, type.Kind)!.AsObject();
        json["apiVersion"] = type.ApiVersion;
        json["kind"] = type.Kind;
        try
        {
            return ModelTypes.Read(type.Class, JsonSerializer.SerializeToUtf8Bytes(json));
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            var path = (e as JsonException)?.Path?.TrimStart('$') ?? "";
            throw new FaultException(FaultPhase.Invalid, $"{type.Kind}{path} does not take its value ({e.Message})", "Compare the value with `kubectl explain`.");
        }
    }

    private static JsonNode? Of(object? value, Type target, string path)
    {
        target = Nullable.GetUnderlyingType(target) ?? target;
        return value switch
        {
            null => null,
            IDictionary table => OfTable(table, target, path),
            string or byte[] => OfText(value),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select((item, i) => Of(item, Argument(target, 0), $"{path}[{i}]"))]),
            _ when target == typeof(string) || target.GetCustomAttribute<JsonConverterAttribute>() is not null && value is not (int or long) => OfText(value),
            _ => JsonSerializer.SerializeToNode(value),
        };
    }

    private static JsonNode OfText(object value) =>
        value is byte[] bytes ? Convert.ToBase64String(bytes) : value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static JsonObject OfTable(IDictionary table, Type target, string path)
    {
        var known = Members(target);
        var json = new JsonObject();
        foreach (DictionaryEntry entry in table)
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            if (known is null)
            {
                json[name] = Of(entry.Value, Argument(target, 1), $"{path}.{name}");
                continue;
            }

            var member = known.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (member.Name is null)
                throw new FaultException(FaultPhase.Invalid, $"{path} has no member '{name}'", NearNames.Sentence(name, known.Select(static member => member.Name)) ?? $"Its members are {string.Join(", ", known.Select(static member => member.Name))}.");
            json[member.Name] = Of(entry.Value, member.Type, $"{path}.{member.Name}");
        }

        return json;
    }

    /// <summary>The members of a class; null for tables and for what takes any.</summary>
    private static (string Name, Type Type)[]? Members(Type type)
    {
        if (type.Namespace != typeof(k8s.Models.V1Pod).Namespace)
            return null;
        return
        [
            .. from property in type.GetProperties()
               let name = property.GetCustomAttribute<JsonPropertyNameAttribute>()
               where name is not null
               select (name.Name, property.PropertyType),
        ];
    }

    private static Type Argument(Type type, int index) => type.GenericTypeArguments.ElementAtOrDefault(index) ?? typeof(object);
}
