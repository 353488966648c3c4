using System.Collections;
using System.Reflection;
using System.Xml.Linq;
using MultiCluster.Clusters;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.ViewFiles;

/// <summary>
/// One property in one view. What cannot hold a text of a server's is read as it is; all else through <c>Cells</c>, which makes it harmless
/// (src/MultiCluster.Module/Views/Cells.cs).
/// </summary>
internal sealed class Cell(PropertyInfo property, CellAttribute look)
{
    private const string Cells = "[MultiCluster.Module.Views.Cells]::Of[$_]";

    public PropertyInfo Property => property;

    public string Label => look.Label ?? property.Name;

    /// <summary>What the list calls it.</summary>
    public string Name => look is ColumnAttribute ? property.Name : Label;

    public bool IsLast => look.Last;

    public int Width => look is ColumnAttribute column ? column.Width : 0;

    /// <summary>True for the object's namespace and name, which have the room that all other columns leave.</summary>
    public bool IsName => property.Name is nameof(KubeObject.Namespace) or nameof(KubeObject.Name) && look is ColumnAttribute { Most: 0 };

    /// <summary>True for a text, of which a part may be shown.</summary>
    public bool IsText => Own is not null || (!IsCluster && look.Script is null && look.Path is null && (property.PropertyType == typeof(string) || IsList(property.PropertyType)));

    /// <summary>The cells that it takes at most in a terminal of 80 where its table is fitted to its rows.</summary>
    public int Most => Math.Max(Label.Length, look is ColumnAttribute { Most: > 0 } column ? column.Most
        : IsCluster ? ShortNames.Width
        : look.Age || ValueType == typeof(KubeAge) ? 6
        : ValueType == typeof(Quantity) ? 7
        : IsText ? 8
        : 5);

    public bool IsRight => look is ColumnAttribute column && (column.Side == ColumnSide.Right || (column.Side == ColumnSide.OfType && (look.Age || IsNumber(ValueType))));

    /// <summary>True when it is a property that is read as it is, which needs no label where it is not renamed.</summary>
    public bool IsPlainProperty => look.Script is null && look.Path is null && !look.Age && IsHarmless(ValueType);

    private bool IsCluster => property.Name == nameof(KubeObject.ClusterName);

    private string? Own => (look as ColumnAttribute)?.Cell;

    private bool IsToned => look is ColumnAttribute { Toned: true };

    /// <summary>The elements that read it.</summary>
    public IEnumerable<XElement> Elements() => Elements(IsPlainProperty ? null : Script);

    /// <summary>The elements that read it as a column.</summary>
    /// <param name="fit">What follows the property's name where a part of a text is shown (<c>CellRequest</c>).</param>
    public IEnumerable<XElement> ColumnElements(string fit) =>
        IsCluster ? Elements($"{Cells}.{nameof(KubeCluster.ShortName)}")
        : look.Script is null && (IsToned || Own is not null || (IsText && fit.Length > 0)) ? Elements($"{Cells}.'{(IsToned ? "!" : "")}{Own ?? property.Name}{fit}'")
        : Elements();

    private IEnumerable<XElement> Elements(string? script)
    {
        yield return script is null ? new XElement("PropertyName", property.Name) : new XElement("ScriptBlock", script);
        if (look.Format is not null)
            yield return new XElement("FormatString", look.Format);
    }

    private string Script
    {
        get
        {
            if (look.Script is not null)
                return look.Script.Replace("$cells", Cells, StringComparison.Ordinal);
            if (look.Age)
                return $"{Cells}.'~{property.Name}{(look.Until is null ? "" : $"~{look.Until}")}'";
            if (look.Path is not null && IsHarmless(ValueType))
                return $"$_.{property.Name}.{look.Path}";
            var read = look.Path is null ? $"{Cells}.{property.Name}" : $"{Cells}.'{property.Name}.{look.Path}'";
            var join = look.Join ?? (look is ColumnAttribute && IsList(property.PropertyType) ? "," : null);
            if (join is not null)
                return $"{read} -join {(join == "\n" ? "\"`n\"" : $"'{join}'")}";
            // A list in braces, as PowerShell shows lists: without the comma its values would be results of the script, each by itself.
            return IsList(property.PropertyType) || property.PropertyType == typeof(object) ? $",{read}" : read;
        }
    }

    /// <summary>The type of what is shown; <c>object</c> where the path leads to a list's values.</summary>
    private Type ValueType
    {
        get
        {
            var type = Plain(property.PropertyType);
            foreach (var name in look.Path?.Split('.') ?? [])
            {
                var item = IsList(type) ? type.GetInterfaces().Append(type).Single(static each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0] : type;
                type = Plain((item.GetProperty(name) ?? throw new DeclarationException($"{item.FullName} has no property {name}, which {property.DeclaringType!.FullName}.{property.Name} is shown by.")).PropertyType);
            }

            return IsList(property.PropertyType) ? typeof(object) : type;
        }
    }

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static bool IsNumber(Type type) => (type.IsPrimitive && type != typeof(bool) && type != typeof(char)) || type == typeof(decimal) || type == typeof(KubeAge) || type == typeof(Quantity);

    /// <summary>As ViewRuleTests has it.</summary>
    private static bool IsHarmless(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan)
        || type == typeof(KubeAge) || type == typeof(Quantity);
}
