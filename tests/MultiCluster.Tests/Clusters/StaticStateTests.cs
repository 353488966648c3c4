using System.Reflection;
using System.Runtime.CompilerServices;
using MultiCluster.Clusters;

namespace MultiCluster.Tests.Clusters;

public sealed class StaticStateTests
{
    /// <summary>Readonly fields whose type could be changed, and why nothing changes them.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
    };

    [Fact]
    public void The_engine_has_no_static_state_that_can_change()
    {
        var found = typeof(ClusterPool).Assembly.GetTypes()
            .Where(type => !IsGenerated(type))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral && !(field.IsInitOnly && IsImmutable(field.FieldType)))
            .Select(field => $"{field.DeclaringType!.FullName}.{field.Name} : {field.FieldType.Name}{(field.IsInitOnly ? "" : " (not readonly)")}")
            .Where(name => !Allowed.ContainsKey(name.Split(' ')[0]))
            .Order(StringComparer.Ordinal);
        Assert.Equal("", string.Join('\n', found));
    }

    private static bool IsGenerated(Type? type) =>
        type is not null && (type.IsDefined(typeof(CompilerGeneratedAttribute), false) || type.Name.Contains('<', StringComparison.Ordinal)
            || type.Namespace == "System.Text.RegularExpressions.Generated" || IsGenerated(type.DeclaringType));

    private static bool IsImmutable(Type type) => IsImmutable(type, []);

    /// <summary>True for values, texts and functions, and for our own types whose fields are readonly and of such types.</summary>
    private static bool IsImmutable(Type type, HashSet<Type> asked)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || typeof(Delegate).IsAssignableFrom(type) || !asked.Add(type))
            return true;
        if (type.FullName?.StartsWith("System.Collections.Immutable.", StringComparison.Ordinal) == true || type.FullName?.StartsWith("System.Collections.Frozen.", StringComparison.Ordinal) == true)
            return true;
        var isOurs = type.Assembly == typeof(ClusterPool).Assembly;
        return (isOurs || type.IsValueType)
            && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(field => (field.IsInitOnly || !isOurs) && IsImmutable(field.FieldType, asked));
    }
}
