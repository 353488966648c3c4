using System.Globalization;
using System.Management.Automation;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The module's cmdlets as a PowerShell knows them that has imported it.</summary>
public sealed class ModuleCommands : IDisposable
{
    public ModuleCommands() => All = Shell.Run("Get-Command -Module MultiCluster").Of<CmdletInfo>()
        .OrderBy(static command => command.Name, StringComparer.Ordinal)
        .ToDictionary(static command => command.Name);

    internal IReadOnlyDictionary<string, CmdletInfo> All { get; }

    internal Shell Shell { get; } = new();

    public void Dispose() => Shell.Dispose();

    /// <summary>A cmdlet's own parameters in the order of their names, as PowerShell binds them, with what holds when they are not given.</summary>
    internal static IReadOnlyList<HelpParameter> Parameters(CmdletInfo command)
    {
        using var cmdlet = (IDisposable)Activator.CreateInstance(command.ImplementingType)!;
        using var another = (IDisposable)Activator.CreateInstance(command.ImplementingType)!;
        return
        [
            .. command.Parameters.Values
                .Where(static parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
                .OrderBy(static parameter => parameter.Name, StringComparer.Ordinal)
                .Select(parameter => Of(parameter, DefaultValue(parameter.Name, cmdlet, another))),
        ];
    }

    private static HelpParameter Of(ParameterMetadata parameter, string defaultValue) => new()
    {
        Name = parameter.Name,
        Type = $"{parameter.ParameterType}",
        DefaultValue = defaultValue,
        Wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        Aliases = [.. parameter.Aliases],
        Hidden = parameter.Attributes.OfType<ParameterAttribute>().Any(static attribute => attribute.DontShow),
        Values = Values(parameter),
        Sets = [.. parameter.ParameterSets.Select(static set => new HelpParameterSet(
            set.Key == ParameterAttribute.AllParameterSets ? HelpParameterSet.All : set.Key,
            set.Value.Position == int.MinValue ? "Named" : set.Value.Position.ToString(CultureInfo.InvariantCulture),
            set.Value.IsMandatory,
            set.Value.ValueFromPipeline,
            set.Value.ValueFromPipelineByPropertyName,
            set.Value.ValueFromRemainingArguments))],
    };

    /// <summary>The values that it takes and no other, where they are few.</summary>
    private static string[] Values(ParameterMetadata parameter)
    {
        var type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        return type.IsEnum ? Enum.GetNames(type) : [.. parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(static attribute => attribute.ValidValues)];
    }

    /// <summary>What a cmdlet begins with; nothing where that says nothing, or is drawn anew for each.</summary>
    private static string DefaultValue(string parameter, object cmdlet, object another)
    {
        var property = cmdlet.GetType().GetProperty(parameter);
        var value = property?.GetValue(cmdlet);
        var nothing = value is null or "" or Array { Length: 0 } || (value is ValueType && value.Equals(Activator.CreateInstance(value.GetType())));
        return nothing || !value!.Equals(property!.GetValue(another)) ? "" : string.Create(CultureInfo.InvariantCulture, $"{value}");
    }
}
