using System.Reflection;
using System.Runtime.CompilerServices;
using MultiCluster.Clusters;

namespace MultiCluster.Tests.Clusters;

public sealed class StaticStateTests
{
    /// <summary>Types of other assemblies that have no way to be changed, though their fields could be.</summary>
    private static readonly string[] Unchangeable =
    [
        "System.Buffers.SearchValues`1",
        "System.Net.Http.Headers.ProductInfoHeaderValue",
        "System.Text.Encodings.Web.JavaScriptEncoder",
        "Spectre.Console.Style",
        "YamlDotNet.Core.EmitterSettings",
    ];

    /// <summary>Readonly fields of types that could be changed, and why nothing changes them.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["MultiCluster.Clusters.Preferences.Empty"] = "a record without entries, so that none of its types can be changed through it",
        ["MultiCluster.Picking.PickFrame.Erased"] = "a frame without lines, whose fields are readonly",
        ["MultiCluster.Kubeconfig.WatchedPaths.None"] = "its sets are filled by Of alone, which makes an object of its own",
    };

    [Fact]
    public void The_engine_has_no_static_state_that_can_change()
    {
        var found = typeof(ClusterPool).Assembly.GetTypes()
            .Where(type => !IsGenerated(type))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral && !(field.IsInitOnly && (IsTable(field) || IsImmutable(field.FieldType, []))))
            .Select(NameOf)
            .Except(Allowed.Keys);
        Assert.Equal("", string.Join('\n', found));
    }

    /// <summary>A private array that is written where it is declared: a table of constants.</summary>
    private static bool IsTable(FieldInfo field) => !field.IsPublic && field.FieldType.IsArray && IsImmutable(field.FieldType.GetElementType()!, []);

    /// <summary>True for values, texts, functions and what is typed read-only, and for our own types whose fields are all of that kind.</summary>
    private static bool IsImmutable(Type type, HashSet<Type> asked)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || typeof(Delegate).IsAssignableFrom(type) || !asked.Add(type))
            return true;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (Unchangeable.Contains(definition.FullName) || type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen")
            return true;
        if (type.IsInterface && definition.Name.StartsWith("IReadOnly", StringComparison.Ordinal))
            return type.GetGenericArguments().All(argument => IsImmutable(argument, asked));
        var isOurs = type.Assembly == typeof(ClusterPool).Assembly;
        return (isOurs || type.IsValueType)
            && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .All(field => (field.IsInitOnly || !isOurs) && IsImmutable(field.FieldType, asked));
    }

    private static bool IsGenerated(Type? type) =>
        type is not null
        && (type.IsDefined(typeof(CompilerGeneratedAttribute), false) || type.Name.Contains('<', StringComparison.Ordinal)
            || type.Namespace == "System.Text.RegularExpressions.Generated" || IsGenerated(type.DeclaringType));

    private static string NameOf(FieldInfo field) =>
        $"{field.DeclaringType!.FullName}.{field.Name.Replace("<", "", StringComparison.Ordinal).Replace(">k__BackingField", "", StringComparison.Ordinal)}";
}
