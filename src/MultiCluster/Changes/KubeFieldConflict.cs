using MultiCluster.Terminal;

namespace MultiCluster.Changes;

/// <summary>A field that somebody else owns, or that the server does not accept.</summary>
[Views(Wrap = true)]
public sealed record KubeFieldConflict
{
    /// <summary>Where it is: <c>.spec.replicas</c>; empty when the server names none.</summary>
    [Column(Width = 34)]
    public required string Field { get; init => field = TerminalText.VisibleLine(value); }

    /// <summary>Who owns it; null for a field that is not accepted.</summary>
    [Column(Width = 18)]
    public string? Manager { get; init => field = value is null ? null : TerminalText.VisibleLine(value); }

    /// <summary>What the server says.</summary>
    [Column]
    public required string Message { get; init => field = TerminalText.Visible(value); }

    /// <inheritdoc/>
    public override string ToString() => Manager is null ? $"{Field}: {Message}" : $"{Field} ({Manager})";
}
