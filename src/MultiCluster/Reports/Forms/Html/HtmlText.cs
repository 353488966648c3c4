using System.Globalization;
using System.Text;
using MultiCluster.Terminal;

namespace MultiCluster.Reports.Forms.Html;

/// <summary>
/// HTML as it is written: what is markup is a constant of the program, and what is text is escaped. A text has no way in but through the
/// escaping, so that no name and no message can become markup.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>Writes markup, whose holes are texts.</summary>
    public HtmlText Add(FormattableString markup)
    {
        _html.AppendFormat(CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(Hole)]);
        return this;
    }

    /// <summary>Writes what is HTML already.</summary>
    public HtmlText Add(HtmlText html)
    {
        _html.Append(html._html);
        return this;
    }

    /// <summary>Writes a constant of the program as it is: its own style and script.</summary>
    public HtmlText AddOwn(string constant)
    {
        _html.Append(constant);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _html.ToString();

    /// <summary>A text as HTML shows it, in an element and in an attribute between quotes. What would be invisible is made visible.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in TerminalText.VisibleLine(text))
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '`' => escaped.Append("&#96;"),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    private static object Hole(object? value) => value switch
    {
        null => "",
        HtmlText html => html,
        double number => number.ToString("0.##", CultureInfo.InvariantCulture),
        int number => number,
        _ => Escape($"{value}"),
    };
}
