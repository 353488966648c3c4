using System.Collections.Frozen;
using System.Reflection;
using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>Which members of an object's root a property already gives.</summary>
internal static class RootMembers
{
    private static readonly FrozenDictionary<Type, FrozenSet<string>> Properties = typeof(KubeObject).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(KubeObject)))
        .ToFrozenDictionary(type => type, PropertiesOf);

    public static bool IsCommon(JsonSlice.Member member) =>
        member.NameIs("apiVersion"u8) || member.NameIs("kind"u8) || member.NameIs("metadata"u8) || member.NameIs("spec"u8) || member.NameIs("status"u8);

    /// <summary>True when the type has a property of that name, whatever its case: PowerShell makes no difference.</summary>
    public static bool IsProperty(Type type, string name) => Properties[type].Contains(name);

    private static FrozenSet<string> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
