using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiCluster.Tests.Picking;

/// <summary>A terminal's screen that understands the few sequences the picker writes, and fails on any other.</summary>
internal sealed partial class TestScreen(int height) : TextWriter
{
    private readonly List<StringBuilder> _lines = [.. Enumerable.Range(0, height).Select(_ => new StringBuilder())];
    private int _row;
    private int _column;

    public override Encoding Encoding => Encoding.UTF8;

    public bool CursorVisible { get; private set; } = true;

    public bool Wraps { get; private set; } = true;

    public (int Row, int Column) Cursor => (_row, _column);

    public int Writes { get; private set; }

    /// <summary>Everything written, colours and all.</summary>
    public StringBuilder Raw { get; } = new();

    /// <summary>The most that any one line of any picture took.</summary>
    public int WidestLine { get; private set; }

    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.ToString().TrimEnd())];

    public string Text => string.Join('\n', Lines).TrimEnd();

    /// <summary>What <see cref="Text"/> was when each key was waited for.</summary>
    public List<string> Pictures { get; } = [];

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        Writes++;
        Raw.Append(value);
        foreach (Match token in Tokens().Matches(value!))
            Apply(token.Value);
    }

    private void Apply(string token)
    {
        switch (token)
        {
            case "\r":
                _column = 0;
                break;
            case "\n":
                LineFeed();
                break;
            case "\e[K":
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                break;
            case "\e[J":
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                _lines.Skip(_row + 1).ToList().ForEach(line => line.Clear());
                break;
            case "\e[?25l" or "\e[?25h":
                CursorVisible = token.EndsWith('h');
                break;
            case "\e[?7l" or "\e[?7h":
                Wraps = token.EndsWith('h');
                break;
            case ['\e', .., 'm']:
                break;
            case ['\e', .., 'A']:
                _row -= int.Parse(token[2..^1], CultureInfo.InvariantCulture);
                break;
            default:
                Print(token);
                break;
        }
    }

    private void LineFeed()
    {
        if (++_row < _lines.Count)
            return;
        _lines.RemoveAt(0);
        _lines.Add(new StringBuilder());
        _row--;
    }

    private void Print(string text)
    {
        Assert.DoesNotContain(text, char.IsControl);
        var line = _lines[_row].Append(' ', Math.Max(0, _column - _lines[_row].Length));
        line.Remove(_column, Math.Min(text.Length, line.Length - _column)).Insert(_column, text);
        _column += text.Length;
        WidestLine = Math.Max(WidestLine, _column);
    }

    [GeneratedRegex(@"\e\[[?0-9;]*[A-Za-z]|\r|\n|[^\e\r\n]+|\e")]
    private static partial Regex Tokens();
}
