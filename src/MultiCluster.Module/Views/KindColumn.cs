using System.Text.RegularExpressions;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Views;

/// <summary>
/// A column that servers print, in the table of its kind. What it is about is read from its label, and from the path that the server
/// describes it by: there is nothing else to know of a kind that somebody has defined.
/// </summary>
internal sealed partial class KindColumn
{
    /// <summary>A label is cut as a text is: it would take the room of others.</summary>
    private const int MostLabel = 14;

    /// <summary>Words of columns that say how an object is.</summary>
    private static readonly HashSet<string> StateWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "Ready", "Status", "State", "Phase", "Health", "Healthy", "Sync", "Synced", "Available", "Established", "Reason", "Result", "Outcome",
    };

    private static readonly HashSet<string> MessageWords = new(StringComparer.OrdinalIgnoreCase) { "Message", "Error" };

    public KindColumn(int number, string label, PrinterColumn column)
    {
        (Number, Column) = (number, column);
        FullLabel = TerminalText.VisibleLine(label);
        Label = TerminalCells.CutEnd(FullLabel, MostLabel);
        string[] words = [.. Word().Matches(column.Name).Select(static match => match.Value)];
        IsMessage = IsText && (words.Any(MessageWords.Contains) || column.Description.EndsWith(".message", StringComparison.Ordinal));
        IsState = !IsMessage && (words.Any(StateWords.Contains) || column.Description.EndsWith(".reason", StringComparison.Ordinal));
    }

    /// <summary>By which its cells are read.</summary>
    public int Number { get; }

    public PrinterColumn Column { get; }

    /// <summary>The label as a terminal may show it.</summary>
    public string FullLabel { get; }

    /// <summary>The label where room is short.</summary>
    public string Label { get; }

    /// <summary>True when it says in a word how the object is, of which a bad one has a colour.</summary>
    public bool IsState { get; }

    /// <summary>True when it says in a sentence how the object is.</summary>
    public bool IsMessage { get; }

    public bool IsNumber => Column.Type is "integer" or "number";

    /// <summary>The cells that it needs to tell something.</summary>
    public int Least => Math.Max(TerminalCells.Width(Label), Column.Type switch
    {
        "boolean" => 5,
        "integer" or "number" => 7,
        "date" => 6,
        _ => IsMessage ? 16 : 8,
    });

    /// <summary>Its part of what a wider terminal has more.</summary>
    public int Weight => IsMessage ? 6 : IsText ? 2 : 1;

    private bool IsText => Column.Type is not ("boolean" or "integer" or "number" or "date");

    /// <summary>The words of <c>ReadyReplicas</c>, <c>SYNC-STATUS</c> and <c>Health Status</c>.</summary>
    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
