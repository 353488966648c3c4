using System.Globalization;
using MultiCluster.Http;
using Spectre.Console;

namespace MultiCluster.Sandbox.Commands;

/// <summary>How the tour looks: headings, prompts, tables as PowerShell prints them, errors with their advice.</summary>
internal sealed class TourPage(IAnsiConsole console)
{
    public void Heading(string text) => console.MarkupLine($"\n[bold yellow]# {Markup.Escape(text)}[/]");

    public void Command(string text) => console.MarkupLine($"[bold green]PS>[/] [bold]{Markup.Escape(text)}[/]");

    public void Note(string text) => console.MarkupLine($"[grey]{Markup.Escape(text)}[/]");

    /// <summary>Where a call stands at its end.</summary>
    public void Outcome(long objects, int answered, int requested, TimeSpan elapsed) => Note(string.Create(
        CultureInfo.InvariantCulture,
        $"[{objects} objects; {answered} of {requested} clusters answered; {elapsed.TotalSeconds:0.00} s]"));

    public void Table<T>(IEnumerable<T> rows, params (string Header, Func<T, object?> Value)[] columns)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column.Header)));
        foreach (var row in rows) table.AddRow([.. columns.Select(column => new Text(TextOf(column.Value(row))))]);
        console.Write(table);
    }

    public void Error(string command, Fault fault)
    {
        console.MarkupLine($"[red]{Markup.Escape($"{command}: {fault.Message}")}[/]");
        if (fault.Advice is not null) console.MarkupLine($"[red]  Recommendation: {Markup.Escape(fault.Advice)}[/]");
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
