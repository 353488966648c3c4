using System.Reflection;
using k8s;
using k8s.Models;
using MultiCluster.Faults;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Typed.Models;

/// <summary>The classes that KubernetesClient has for kinds.</summary>
internal sealed class ModelTypes
{
    private readonly Lazy<IReadOnlyList<ModelType>> _all = new(Find);

    /// <summary>The class of a kind, or null.</summary>
    public ModelType? Of(string apiVersion, string kind) => _all.Value.FirstOrDefault(type => type.ApiVersion == apiVersion && type.Kind == kind);

    /// <summary>What a class is the model of; null for a part of one.</summary>
    public ModelType? Of(Type model) => _all.Value.FirstOrDefault(type => type.Class == model);

    /// <summary>The class of a kind that somebody has written; of several versions the most stable one, of several groups the core one.</summary>
    /// <exception cref="FaultException">Invalid: there is none.</exception>
    public ModelType Named(string kind, string? apiVersion)
    {
        var named = _all.Value.Where(type => type.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (named.Length == 0)
            throw new FaultException(FaultPhase.Invalid, $"there is no model of the kind '{kind}'", NearNames.Sentence(kind, _all.Value.Select(static type => type.Kind)) ?? "Models are there for the kinds of Kubernetes itself.");
        return (apiVersion is null ? named : named.Where(type => type.ApiVersion.Equals(apiVersion, StringComparison.OrdinalIgnoreCase))).FirstOrDefault()
            ?? throw new FaultException(FaultPhase.Invalid, $"there is no model of {named[0].Kind} in {apiVersion}", $"There is {string.Join(" and ", named.Select(static type => type.ApiVersion))}.");
    }

    /// <summary>The kinds, each once.</summary>
    public IEnumerable<string> Kinds() => _all.Value.Select(static type => type.Kind).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads JSON as a model of a class that is known at run time only.</summary>
    public static object Read(Type type, ReadOnlyMemory<byte> json)
    {
        using var stream = new MemoryStream(json.ToArray(), writable: false);
        var read = typeof(KubernetesJson).GetMethod(nameof(KubernetesJson.Deserialize), 1, [typeof(Stream), typeof(System.Text.Json.JsonSerializerOptions)])!;
        return read.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [stream, null], null)!;
    }

    private static IReadOnlyList<ModelType> Find() =>
    [
        .. from type in typeof(V1Pod).Assembly.GetExportedTypes()
           where typeof(IMetadata<V1ObjectMeta>).IsAssignableFrom(type)
           let entity = type.GetCustomAttribute<KubernetesEntityAttribute>()
           where entity is not null
           orderby entity.Group.Length > 0, entity.ApiVersion.Contains("alpha", StringComparison.Ordinal), entity.ApiVersion.Contains("beta", StringComparison.Ordinal), entity.ApiVersion descending
           select new ModelType(type, entity.Group, entity.ApiVersion, entity.Kind, entity.PluralName),
    ];
}

/// <summary>The class of a kind.</summary>
internal sealed record ModelType(Type Class, string Group, string Version, string Kind, string Plural)
{
    /// <summary><c>group/version</c>, or the version alone for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}
