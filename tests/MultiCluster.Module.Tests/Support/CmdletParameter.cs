using System.Management.Automation;
using System.Reflection;

namespace MultiCluster.Module.Tests.Support;

/// <summary>
/// A parameter as its attributes declare it. Read from metadata: the reference assembly's attributes forget what they are given.
/// </summary>
public sealed class CmdletParameter
{
    private CmdletParameter(PropertyInfo property)
    {
        Property = property;
        var attributes = property.GetCustomAttributesData();
        Sets = [.. attributes.Where(a => a.AttributeType == typeof(ParameterAttribute)).Select(a => new ParameterRole(a))];
        Aliases = [.. attributes.Where(a => a.AttributeType == typeof(AliasAttribute)).SelectMany(a => Texts(a.ConstructorArguments[0]))];
        Attributes = attributes;
    }

    public PropertyInfo Property { get; }

    public string Name => Property.Name;

    public IReadOnlyList<string> Aliases { get; }

    public IReadOnlyList<ParameterRole> Sets { get; }

    public IEnumerable<CustomAttributeData> Attributes { get; }

    public static IReadOnlyList<CmdletParameter> Of(Type cmdlet) =>
        [.. cmdlet.GetProperties().Where(p => p.GetCustomAttributesData().Any(a => a.AttributeType == typeof(ParameterAttribute))).Select(p => new CmdletParameter(p))];

    public bool IsIn(string set) => Role(set) is not null;

    /// <summary>What the parameter is in a set, or null when it is not in it.</summary>
    public ParameterRole? Role(string set) => Sets.FirstOrDefault(role => role.Set == set) ?? Sets.FirstOrDefault(role => role.InEverySet);

    public bool Answers(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    public bool StartsWith(string name) => Names.Any(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<string> Names => [Name, .. Aliases];

    internal static IEnumerable<string> Texts(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.Select(one => (string)one.Value!) : [(string)argument.Value!];
}

/// <summary>What a parameter is in one parameter set, or in all.</summary>
public sealed class ParameterRole(CustomAttributeData attribute)
{
    public string? Set { get; } = Named<string>(attribute, nameof(ParameterAttribute.ParameterSetName));

    public bool InEverySet => Set is null or ParameterAttribute.AllParameterSets;

    public bool Mandatory { get; } = Named<bool>(attribute, nameof(ParameterAttribute.Mandatory));

    public int? Position { get; } = attribute.NamedArguments.Any(a => a.MemberName == nameof(ParameterAttribute.Position))
        ? Named<int>(attribute, nameof(ParameterAttribute.Position))
        : null;

    public bool FromPipeline { get; } = Named<bool>(attribute, nameof(ParameterAttribute.ValueFromPipeline));

    public bool FromPipelineByName { get; } = Named<bool>(attribute, nameof(ParameterAttribute.ValueFromPipelineByPropertyName));

    internal static T? Named<T>(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value is T value ? value : default;
}
