namespace MultiCluster.Terminal;

/// <summary>
/// What is special about the views of a class. Where the order of its properties does not serve, a view names them in its own, with blanks
/// between; it then shows these and no others.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ViewsAttribute : Attribute
{
    /// <summary>The columns of the table.</summary>
    public string? Table { get; init; }

    /// <summary>The columns of the view <c>wide</c>.</summary>
    public string? Wide { get; init; }

    /// <summary>The lines of the list.</summary>
    public string? List { get; init; }

    /// <summary>A property of the base class that it does not show: <c>Namespace</c>, for kinds of the whole cluster.</summary>
    public string? Without { get; init; }

    /// <summary>True when its table and its list are special, and stand in module/MultiCluster.Format.ps1xml.</summary>
    public bool ByHand { get; init; }

    /// <summary>True when a text that is longer than its column goes on in the next line.</summary>
    public bool Wrap { get; init; }
}
