using System.Collections;
using System.Management.Automation;
using System.Reflection;
using MultiCluster.Logs;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Resources;

namespace MultiCluster.Module.Views;

/// <summary>
/// PowerShell writes an object that does not fit the table it has begun (an event among notices, a node after a pod) as a list of its
/// properties, in which no view has a say. What holds a text that a terminal must not get is given a type name here, by which the types
/// file names one property for such lists: <see cref="Cells.Text"/>. Tables and lists of the views do not need it.
/// </summary>
internal static class TerminalMark
{
    private const string TypeName = "MultiCluster.Escaped";

    /// <summary>The value as it is written to the pipeline; what it is made of is marked, too.</summary>
    public static object? Of(object? value)
    {
        var item = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (!IsOurs(item?.GetType()) || IsPlain(item!))
            return value;
        var marked = PSObject.AsPSObject(value);
        if (marked.TypeNames[0] != TypeName)
            marked.TypeNames.Insert(0, TypeName);
        return marked;
    }

    private static bool IsPlain(object item)
    {
        switch (item)
        {
            case KubeObject one:
                return one.IsPlain;
            case KubeLogLine line:
                return line.IsPlain;
            case KubeWatchEvent happened:
                return ReferenceEquals(Of(happened.Object), happened.Object) & (happened.Previous is not { } previous || ReferenceEquals(Of(previous), previous));
            case IDictionary or KubeList:
                return true; // PowerShell shows what they hold
            default:
                // What the types file adds is made of these; PowerShell's own list of them takes longer to make than most rows.
                var plain = true;
                foreach (var property in item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    // What KubeClient has of its base leads back to it.
                    if (IsOurs(property.DeclaringType) && MayHoldText(property.PropertyType) && property.GetIndexParameters().Length == 0 && property.GetValue(item) is { } value)
                        plain &= Cells.IsPlain(value) & ArePlain(value);
                }

                return plain;
        }
    }

    private static bool IsOurs(Type? type) => type?.Assembly == typeof(KubeObject).Assembly;

    private static bool MayHoldText(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: false, IsEnum: false } held && held != typeof(DateTime) && held != typeof(TimeSpan) && held != typeof(decimal);

    /// <summary>Whether the parts of an object are plain; those that are not are marked for when they are shown by themselves.</summary>
    private static bool ArePlain(object? part)
    {
        if (part is not IEnumerable many || part is string or IDictionary)
            return ReferenceEquals(Of(part), part);
        var plain = true;
        foreach (var one in many)
            plain &= ReferenceEquals(Of(one), one);
        return plain;
    }
}
