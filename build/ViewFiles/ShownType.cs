using System.Reflection;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.ViewFiles;

/// <summary>A class with views: which cells stand in them, in which order.</summary>
internal sealed class ShownType(Type type)
{
    private readonly ViewsAttribute _views = type.GetCustomAttribute<ViewsAttribute>(inherit: false) ?? new();

    public string Name => type.Name;

    public string FullName => type.FullName!;

    /// <summary>True for an object of Kubernetes.</summary>
    public bool IsKind => type.IsSubclassOf(typeof(KubeObject));

    public bool IsByHand => _views.ByHand;

    public bool Wraps => _views.Wrap;

    /// <summary>The columns of the table.</summary>
    public IReadOnlyList<Cell> Table => field ??= Ordered(_views.Table, Column) ?? Default;

    /// <summary>The columns of the view <c>wide</c>, which only kinds have.</summary>
    public IReadOnlyList<Cell> Wide => field ??= Ordered(_views.Wide, Column) ?? [.. Default, .. Columns(wide: true)];

    /// <summary>The lines of the list.</summary>
    public IReadOnlyList<Cell> List => field ??= Ordered(_views.List, ListItem) ?? Sorted(Properties().Where(static property => property.GetCustomAttribute<ColumnAttribute>() is not { Wide: true }).SelectMany(ListItems),
        Properties().Where(static property => property.GetCustomAttribute<ColumnAttribute>() is { Wide: true }).SelectMany(ListItems));

    /// <summary>The property that says in a word which object it is.</summary>
    public Cell Word => new[] { "Name", "Node", "ClusterName", "State", "Command" }.Select(Find).FirstOrDefault(static property => property?.PropertyType is { IsEnum: true } || property?.PropertyType == typeof(string)) is { } found
        ? new Cell(found, new ColumnAttribute())
        : throw new DeclarationException($"{FullName} has no property that names it.");

    private IReadOnlyList<Cell> Default => field ??= Columns(wide: false);

    /// <summary>Whether views of it are written, or at least a word of it.</summary>
    public static bool HasViews(Type type) => !type.IsAbstract && (type.IsDefined(typeof(ViewsAttribute), inherit: false) || type.GetProperties().Any(static property => property.IsDefined(typeof(CellAttribute))));

    private IReadOnlyList<Cell> Columns(bool wide) =>
        Sorted(Properties().Where(property => property.GetCustomAttribute<ColumnAttribute>() is { } column && column.Wide == wide).Select(Column));

    /// <summary>The cluster comes first; what is to come last does.</summary>
    private static IReadOnlyList<Cell> Sorted(params IEnumerable<Cell>[] parts) =>
        [.. parts.SelectMany(static part => part).OrderBy(static cell => cell.IsLast).ThenBy(static cell => cell.Property.Name != nameof(KubeObject.ClusterName))];

    private IReadOnlyList<Cell>? Ordered(string? names, Func<PropertyInfo, Cell> cell) =>
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
        return classes.SelectMany(static each => each.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(static property => property.MetadataToken))
            .Where(property => property.Name != _views.Without);
    }

    private static Cell Column(PropertyInfo property) => new(property, property.GetCustomAttribute<ColumnAttribute>() ?? new());

    private static Cell ListItem(PropertyInfo property) => ListItems(property).FirstOrDefault() ?? new Cell(property, new ListItemAttribute());

    private static IEnumerable<Cell> ListItems(PropertyInfo property)
    {
        var own = property.GetCustomAttributes<ListItemAttribute>().ToList();
        return own.Count > 0 ? own.Select(item => new Cell(property, item))
            : property.GetCustomAttribute<ColumnAttribute>() is { Listed: true } column ? [new Cell(property, column)]
            : [];
    }
}
