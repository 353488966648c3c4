using System.Reflection;
using k8s;
using k8s.Models;

namespace MultiCluster.Typed.Models;

/// <summary>The classes that KubernetesClient has for kinds.</summary>
internal sealed class ModelTypes
{
    private readonly Lazy<Dictionary<(string ApiVersion, string Kind), Type>> _byKind = new(Find);

    /// <summary>Every kind, once per version.</summary>
    public IEnumerable<(string ApiVersion, string Kind)> Kinds => _byKind.Value.Keys;

    /// <summary>The class of a kind, or null.</summary>
    public Type? Of(string apiVersion, string kind) => _byKind.Value.GetValueOrDefault((apiVersion, kind));

    /// <summary>Reads JSON as a model of a class that is known at run time only.</summary>
    public static object Read(Type type, ReadOnlyMemory<byte> json)
    {
        using var stream = new MemoryStream(json.ToArray(), writable: false);
        var read = typeof(KubernetesJson).GetMethod(nameof(KubernetesJson.Deserialize), 1, [typeof(Stream), typeof(System.Text.Json.JsonSerializerOptions)])!;
        return read.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [stream, null], null)!;
    }

    private static Dictionary<(string ApiVersion, string Kind), Type> Find()
    {
        var found = new Dictionary<(string ApiVersion, string Kind), Type>();
        foreach (var type in typeof(V1Pod).Assembly.GetExportedTypes())
        {
            if (typeof(IMetadata<V1ObjectMeta>).IsAssignableFrom(type) && type.GetCustomAttribute<KubernetesEntityAttribute>() is { } entity)
                found.TryAdd((entity.Group.Length == 0 ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}", entity.Kind), type);
        }

        return found;
    }
}
