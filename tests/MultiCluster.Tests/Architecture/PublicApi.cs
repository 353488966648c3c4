using System.Reflection;
using System.Runtime.CompilerServices;

namespace MultiCluster.Tests.Architecture;

/// <summary>What of the engine a program can name, a line each, sorted.</summary>
internal static class PublicApi
{
    /// <summary>Written while the engine is built, from KubernetesClient's own operations.</summary>
    private const string Generated = "MultiCluster.Typed.Groups";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes().Where(static type => type.Namespace != Generated)
            .SelectMany(static type => Members(type).Select(member => $"{Name(type)}.{member}").Prepend($"{Name(type)} : {Kind(type)}"))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static string Kind(Type type) => string.Join(", ", Bases(type).Prepend(
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class"));

    private static IEnumerable<string> Bases(Type type) =>
        type is { IsEnum: false, IsValueType: false, BaseType: { } parent } && parent != typeof(object) ? [Name(parent)] : [];

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type);
        return type.GetMembers(Declared).Where(static member => !IsCompilers(member)).Select(static member => member switch
        {
            ConstructorInfo constructor when IsSeen(constructor) => $"new({Parameters(constructor)})",
            MethodInfo { IsSpecialName: false } method when IsSeen(method) && !method.Name.Contains('.', StringComparison.Ordinal) => $"{method.Name}{Generic(method)}({Parameters(method)}) : {Name(method.ReturnParameter)}",
            PropertyInfo property when Accessors(property) is { Length: > 0 } accessors => $"{property.Name} : {Name(property.PropertyType, Nullability.Create(property).ReadState)} {{ {accessors} }}",
            FieldInfo { IsPublic: true } field => $"{field.Name} : {Name(field.FieldType)}{(field.IsLiteral ? " const" : "")}",
            EventInfo happened when IsSeen(happened.AddMethod!) => $"{happened.Name} : event {Name(happened.EventHandlerType!)}",
            _ => null,
        }).OfType<string>();
    }

    private static string Accessors(PropertyInfo property) => string.Join(' ', new[]
    {
        property.GetMethod is { } get && IsSeen(get) ? "get;" : null,
        property.SetMethod is { } set && IsSeen(set) ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;" : null,
    }.OfType<string>());

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // A record's copying, printing and comparing, and overrides of what every object has.
    private static bool IsCompilers(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is MethodBase or FieldInfo && member.Name != "Deconstruct"
        || member is MethodInfo method && method.GetBaseDefinition() is { } first && first != method && first.DeclaringType == typeof(object)
        || member is PropertyInfo { Name: "EqualityContract" } or FieldInfo { IsSpecialName: true };

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static type => type.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
        $"{Name(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Name(ParameterInfo parameter) => Name(parameter.ParameterType, Nullability.Create(parameter).ReadState);

    private static string Name(Type type, NullabilityState state) => $"{Name(type)}{(state == NullabilityState.Nullable && !type.IsValueType ? "?" : "")}";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value)}?";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (type.IsByRef)
            return $"ref {Name(type.GetElementType()!)}";
        if (type.IsGenericParameter)
            return type.Name;
        var space = type.Namespace?.StartsWith("MultiCluster", StringComparison.Ordinal) == true ? $"{type.Namespace}." : "";
        var outer = type.DeclaringType is { } declaring ? $"{declaring.Name}." : "";
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        return $"{space}{outer}{type.Name.Split('`')[0]}{arguments}";
    }
}
