using System.Collections;
using System.Globalization;
using System.Reflection;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Reports;

/// <summary>Objects of one class as a table: the columns that the class declares for a terminal, those of the view <c>wide</c> among them.</summary>
internal static class ObjectTable
{
    /// <summary>The table.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="note">A sentence below the heading, or null.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="without">Names of properties that it does not show.</param>
    /// <typeparam name="T">Their class.</typeparam>
    public static ReportTable Of<T>(string title, string? note, IReadOnlyCollection<T> objects, params string[] without)
        where T : class => Of(title, note, typeof(T), objects, without);

    /// <inheritdoc cref="Of{T}"/>
    /// <param name="type">Their class.</param>
    public static ReportTable Of(string title, string? note, Type type, IEnumerable objects, params string[] without)
    {
        PropertyInfo[] properties =
        [
            .. Classes(type)
                .SelectMany(static each => each.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(static property => property.MetadataToken))
                .Where(property => property.IsDefined(typeof(ColumnAttribute)) && !without.Contains(property.Name))
                .OrderBy(static property => property.GetCustomAttribute<ColumnAttribute>()!.Last),
        ];
        return Of(
            title,
            note,
            [.. properties.Select(static property => property.GetCustomAttribute<ColumnAttribute>()!.Label ?? property.Name)],
            [.. objects.Cast<object>().Select(item => (IReadOnlyList<object?>)[.. properties.Select(property => property.GetValue(item))])],
            [.. properties.Select(static property => property.GetCustomAttribute<ColumnAttribute>()!.Toned)]);
    }

    /// <summary>A table of values, whose cells are made as those of objects are.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="note">A sentence below the heading, or null.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="rows">The values.</param>
    /// <param name="toned">Which columns have words and counts that may be bad; none when null.</param>
    public static ReportTable Of(string title, string? note, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows, IReadOnlyList<bool>? toned = null)
    {
        IReadOnlyList<ReportCell>[] cells = [.. rows.Select(row => (IReadOnlyList<ReportCell>)[.. row.Select((value, at) => toned?[at] is true ? Toned(columns[at], value) : Cell(value))])];
        return new ReportTable(
            title,
            note,
            [.. columns.Select((name, at) => new ReportColumn(name, cells.Any(row => row[at].Number is not null) && cells.All(row => row[at] is { Number: not null } or { Text: null or "" })))],
            cells);
    }

    private static ReportCell Toned(string column, object? value) => Cell(value) is { Text: { } text } cell ? cell with { Tone = Tones.Of(column, text) } : new ReportCell(null);

    /// <summary>A value as a cell: what can be counted is sorted as a number.</summary>
    private static ReportCell Cell(object? value)
    {
        var culture = CultureInfo.InvariantCulture;
        return value switch
        {
            null => new ReportCell(null),
            string text => new ReportCell(text),
            bool flag => new ReportCell(flag ? "yes" : "no"),
            KubeAge age => new ReportCell(age.ToString(null, culture), age.TotalSeconds),
            Quantity amount => new ReportCell($"{amount}", (double)amount),
            TimeSpan span => new ReportCell(new KubeAge(span).ToString(null, culture), span.TotalSeconds),
            DateTime time => new ReportCell(time.ToString("yyyy-MM-dd HH:mm:ss", culture), time.Ticks),
            DateTimeOffset time => new ReportCell(time.ToString("yyyy-MM-dd HH:mm:ss", culture), time.Ticks),
            Enum word => new ReportCell($"{word}"),
            int or long or short or byte => new ReportCell(Convert.ToInt64(value, culture).ToString("#,0", culture), Convert.ToDouble(value, culture)),
            double or float or decimal => new ReportCell(Convert.ToDouble(value, culture).ToString("#,0.##", culture), Convert.ToDouble(value, culture)),
            Fault fault => new ReportCell(fault.Message, null, Tone.Bad),
            IEnumerable many => new ReportCell(string.Join(", ", many.Cast<object?>().Select(static one => Cell(one).Text))),
            _ => new ReportCell($"{value}"),
        };
    }

    private static Stack<Type> Classes(Type type)
    {
        var classes = new Stack<Type>();
        for (var each = type; each is not null; each = each.BaseType)
            classes.Push(each);
        return classes;
    }
}
