using MultiCluster.Terminal;

namespace MultiCluster.Comparing;

/// <summary>What one cluster, or one namespace, has where objects differ.</summary>
public sealed record KubeDifferenceValue
{
    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The cluster's name: its context, or its alias.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The namespace of the object that has it; null for objects of the whole cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>The value: text, number, boolean, quantity, map or list; null when it is missing. That of a Secret is a mask with a mark that is the same for the same values.</summary>
    public object? Value { get; init; }

    /// <summary>The value on one line; <c>(missing)</c> for none, <c>?</c> where it may not be read.</summary>
    public required string Text { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>The text, or where others begin as it does, what is its own.</summary>
    public required string Short { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>True when there is nothing there.</summary>
    public bool IsMissing { get; init; }

    /// <summary>False when it is not known whether there is something.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>True when most others have the same, and this has not.</summary>
    public bool IsOdd { get; init; }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}{(Namespace is null ? "" : $"/{Namespace}")}={Text}");
}
