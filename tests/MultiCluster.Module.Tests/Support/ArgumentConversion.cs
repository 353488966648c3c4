using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Turns an argument into a parameter's type and checks it, as PowerShell does for the types that cmdlets here use.</summary>
internal static class ArgumentConversion
{
    public static object? Bind(CmdletParameter parameter, object? argument)
    {
        foreach (var transformation in parameter.Property.GetCustomAttributes().OfType<ArgumentTransformationAttribute>())
            argument = transformation.Transform(null!, argument);
        var value = Convert(parameter, argument, parameter.Property.PropertyType);
        foreach (var attribute in parameter.Attributes)
            Validate(parameter, attribute, value);
        return value;
    }

    private static object? Convert(CmdletParameter parameter, object? value, Type type)
    {
        if (value is null)
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? throw Refuse(parameter, "null", type) : null;
        if (type.IsInstanceOfType(value))
            return value;
        if (type == typeof(SwitchParameter))
            return value is bool ? new SwitchParameter() : throw Refuse(parameter, value, type);
        if (type.IsArray)
        {
            object?[] items = value is IEnumerable many and not string ? [.. many.Cast<object?>()] : [value];
            var array = Array.CreateInstance(type.GetElementType()!, items.Length);
            for (var i = 0; i < items.Length; i++)
                array.SetValue(Convert(parameter, items[i], type.GetElementType()!), i);
            return array;
        }

        var target = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            if (target == typeof(string))
                return System.Convert.ToString(value, CultureInfo.InvariantCulture);
            return target.IsEnum ? Enum.Parse(target, value.ToString()!, ignoreCase: true)
                : value is IConvertible && target.IsPrimitive ? System.Convert.ChangeType(value, target, CultureInfo.InvariantCulture)
                : TypeDescriptor.GetConverter(target).ConvertFrom(null, CultureInfo.InvariantCulture, value);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw Refuse(parameter, value, type);
        }
    }

    private static void Validate(CmdletParameter parameter, CustomAttributeData attribute, object? value)
    {
        var elements = value is IEnumerable many and not string ? many.Cast<object?>().ToArray() : [value];
        var fits = attribute.AttributeType.Name switch
        {
            nameof(ValidateNotNullAttribute) => value is not null && !elements.Contains(null),
            nameof(ValidateNotNullOrEmptyAttribute) => value is not null && elements.Length > 0 && elements.All(e => e is not (null or "")),
            nameof(ValidateRangeAttribute) => elements.All(e =>
                Comparer.DefaultInvariant.Compare(e, System.Convert.ChangeType(attribute.ConstructorArguments[0].Value, e!.GetType(), CultureInfo.InvariantCulture)) >= 0
                && Comparer.DefaultInvariant.Compare(e, System.Convert.ChangeType(attribute.ConstructorArguments[1].Value, e.GetType(), CultureInfo.InvariantCulture)) <= 0),
            nameof(ValidateSetAttribute) => elements.All(e =>
                CmdletParameter.Texts(attribute.ConstructorArguments[0]).Contains(e?.ToString(), StringComparer.OrdinalIgnoreCase)),
            nameof(ValidatePatternAttribute) => elements.All(e =>
                System.Text.RegularExpressions.Regex.IsMatch(e?.ToString() ?? "", (string)attribute.ConstructorArguments[0].Value!, System.Text.RegularExpressions.RegexOptions.IgnoreCase)),
            nameof(ValidateCountAttribute) => elements.Length >= (int)attribute.ConstructorArguments[0].Value! && elements.Length <= (int)attribute.ConstructorArguments[1].Value!,
            _ => true,
        };
        if (!fits)
            throw new BindingException("ParameterArgumentValidationError", $"{parameter.Name} does not take '{value}' ({attribute.AttributeType.Name})");
    }

    private static BindingException Refuse(CmdletParameter parameter, object value, Type type) =>
        new("CannotConvertArgument", $"{parameter.Name} takes {type.Name}, not '{value}'");
}
