namespace MultiCluster.Objects;

/// <summary>
/// A place in the objects of a kind, and the places below it that lead to amounts of resources: <c>spec</c>, <c>containers</c>,
/// <c>resources</c>, <c>limits</c>. A list is the place of its elements. What stands at a place that leads nowhere is text or number,
/// whatever it looks like: a label <c>cpu: 16</c> is no quantity.
/// </summary>
internal sealed class FieldPlace
{
    private const string Every = "*";

    private readonly Dictionary<string, FieldPlace> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The root of a kind whose amounts stand at these paths: names or <c>*</c>, with <c>|</c> between alternatives.</summary>
    public static FieldPlace Of(IEnumerable<string> paths)
    {
        var root = new FieldPlace();
        foreach (var path in paths)
            root.Add(path.Split('/'));
        return root;
    }

    /// <summary>Whether an amount stands here.</summary>
    public bool IsQuantity { get; private set; }

    /// <summary>The place of that member, whatever the name's case; null when nothing below it is an amount.</summary>
    public FieldPlace? this[string name] => _fields.GetValueOrDefault(name) ?? _fields.GetValueOrDefault(Every);

    private void Add(ReadOnlySpan<string> path)
    {
        if (path is not [var names, .. var rest])
        {
            IsQuantity = true;
            return;
        }

        foreach (var name in names.Split('|'))
        {
            if (!_fields.TryGetValue(name, out var place))
                _fields.Add(name, place = new());
            place.Add(rest);
        }
    }
}
