using System.Reflection;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.ViewFiles;

/// <summary>A class with views: which cells stand in them, in which order.</summary>
internal sealed class ShownType(Type type)
{
    /// <summary>Names of properties by which an object is called, the best first.</summary>
    private static readonly string[] Names = ["Name", "Node", "ClusterName", "State", "Command", "Path", "Field"];

    private readonly ViewsAttribute _views = type.GetCustomAttribute<ViewsAttribute>(inherit: false) ?? new();

    public string Name => type.Name;

    public string FullName => type.FullName!;

    /// <summary>True for the class of a kind. What all kinds have in common is <see cref="KubeObject"/>'s.</summary>
    public bool IsKind => type.IsSubclassOf(typeof(KubeObject));

    /// <summary>Whether it has a table <c>wide</c>: all kinds have, and others that have columns for it.</summary>
    public bool HasWide => IsKind || _views.Wide is not null || Columns(wide: true).Count > 0;

    public bool IsByHand => _views.ByHand;

    public bool Wraps => _views.Wrap;

    /// <summary>The columns of the table.</summary>
    public IReadOnlyList<Cell> Table => field ??= Ordered(_views.Table, Column) ?? Columns(wide: false);

    /// <summary>The columns of the view <c>wide</c>.</summary>
    public IReadOnlyList<Cell> Wide => field ??= Ordered(_views.Wide, Column) ?? [.. Table, .. Columns(wide: true)];

    /// <summary>The lines of the list.</summary>
    public IReadOnlyList<Cell> List => field ??= Ordered(_views.List, ListItem) ?? Sorted(Properties().OrderBy(IsWide).SelectMany(ListItems));

    /// <summary>The property that says in a word which object it is.</summary>
    public Cell Word
    {
        get
        {
            var found = Names.Select(Find).FirstOrDefault(static property => property?.PropertyType == typeof(string) || property?.PropertyType.IsEnum is true);
            return Column(found ?? throw new DeclarationException($"{FullName} has no property that names it."));
        }
    }

    /// <summary>Whether views of a class are written, or at least a word of it.</summary>
    public static bool HasViews(Type type) => !type.IsAbstract
        && (type.IsDefined(typeof(ViewsAttribute), inherit: false) || type.GetProperties().Any(static property => property.IsDefined(typeof(CellAttribute))));

    private IReadOnlyList<Cell> Columns(bool wide) =>
        Sorted(Properties().Where(property => property.IsDefined(typeof(ColumnAttribute)) && IsWide(property) == wide).Select(Column));

    /// <summary>The cluster comes first; what is to come last does.</summary>
    private static IReadOnlyList<Cell> Sorted(IEnumerable<Cell> cells) =>
        [.. cells.OrderBy(static cell => cell.IsLast).ThenBy(static cell => cell.Property.Name != nameof(KubeObject.ClusterName))];

    private List<Cell>? Ordered(string? names, Func<PropertyInfo, Cell> cell) =>
        names?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => cell(Find(name) ?? throw new DeclarationException($"{FullName} has no property {name}.")))
            .ToList();

    private PropertyInfo? Find(string name) => Properties().LastOrDefault(property => property.Name == name);

    /// <summary>Its properties in the order of the sources, those of base classes first.</summary>
    private IEnumerable<PropertyInfo> Properties()
    {
        var classes = new Stack<Type>();
        for (var each = type; each is not null; each = each.BaseType)
            classes.Push(each);
        return classes
            .SelectMany(static each => each.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(static property => property.MetadataToken))
            .Where(property => property.Name != _views.Without);
    }

    private static bool IsWide(PropertyInfo property) => property.GetCustomAttribute<ColumnAttribute>() is { Wide: true };

    private static Cell Column(PropertyInfo property) => new(property, property.GetCustomAttribute<ColumnAttribute>() ?? new());

    private static Cell ListItem(PropertyInfo property) => ListItems(property).FirstOrDefault() ?? new(property, new ListItemAttribute());

    /// <summary>The lines that a property declares; without, a column's is as in the table.</summary>
    private static IEnumerable<Cell> ListItems(PropertyInfo property)
    {
        var own = property.GetCustomAttributes<ListItemAttribute>().ToList();
        return own.Count > 0 ? own.Select(item => new Cell(property, item))
            : property.GetCustomAttribute<ColumnAttribute>() is { Listed: true } column ? [new(property, column)]
            : [];
    }
}
