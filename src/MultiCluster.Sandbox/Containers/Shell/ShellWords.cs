using System.Text;

namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>Reads a shell's text word by word.</summary>
internal sealed class ShellWords(string text)
{
    private const string Operators = ";&|<>()\n";

    private int _at;

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _at >= text.Length;
        }
    }

    /// <summary>Takes an operator, when it comes next.</summary>
    public bool Take(string mark)
    {
        SkipBlanks();
        if (!text.AsSpan(_at).StartsWith(mark, StringComparison.Ordinal)) return false;
        _at += mark.Length;
        return true;
    }

    /// <summary>Whether an operator comes next.</summary>
    public bool Sees(string mark)
    {
        SkipBlanks();
        return text.AsSpan(_at).StartsWith(mark, StringComparison.Ordinal);
    }

    /// <summary>Takes a keyword, when it comes next as a word.</summary>
    public bool TakeWord(string word)
    {
        if (!SeesWord(word)) return false;
        _at += word.Length;
        return true;
    }

    public bool SeesWord(string word)
    {
        SkipBlanks();
        var end = _at + word.Length;
        return text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal) && (end >= text.Length || EndsWord(text[end]));
    }

    /// <summary>The number before a redirection (<c>2&gt;</c>), when one comes next.</summary>
    public int? TakeStreamNumber()
    {
        SkipBlanks();
        if (_at + 1 >= text.Length || !char.IsAsciiDigit(text[_at]) || text[_at + 1] is not ('<' or '>')) return null;
        return text[_at++] - '0';
    }

    /// <summary>The next word; null when an operator or the end comes next.</summary>
    public ShellWord? Next()
    {
        SkipBlanks();
        if (_at >= text.Length || Operators.Contains(text[_at], StringComparison.Ordinal)) return null;
        var parts = new List<ShellWordPart>();
        var plain = new StringBuilder();
        while (_at < text.Length && !EndsWord(text[_at]))
        {
            switch (text[_at])
            {
                case '\\' when _at + 1 < text.Length:
                    Flush(parts, plain, quoted: false);
                    parts.Add(new ShellWordPart(text[_at + 1] == '\n' ? "" : $"{text[_at + 1]}", Quoted: true));
                    _at += 2;
                    break;
                case '\\':
                    throw Incomplete("\\");
                case '\'':
                    Flush(parts, plain, quoted: false);
                    var end = text.IndexOf('\'', _at + 1);
                    if (end < 0) throw Incomplete("'");
                    parts.Add(new ShellWordPart(text[(_at + 1)..end], Quoted: true));
                    _at = end + 1;
                    break;
                case '"':
                    Flush(parts, plain, quoted: false);
                    ReadDoubleQuoted(parts);
                    break;
                case '$' or '`':
                    ReadExpansion(parts, plain, quoted: false);
                    break;
                default:
                    plain.Append(text[_at++]);
                    break;
            }
        }
        Flush(parts, plain, quoted: false);
        return new ShellWord(parts);
    }

    private void ReadDoubleQuoted(List<ShellWordPart> parts)
    {
        var plain = new StringBuilder();
        var before = parts.Count;
        for (_at++; _at < text.Length && text[_at] != '"';)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && "$`\"\\\n".Contains(text[_at + 1], StringComparison.Ordinal))
            {
                if (text[_at + 1] != '\n') plain.Append(text[_at + 1]);
                _at += 2;
            }
            else if (text[_at] is '$' or '`') ReadExpansion(parts, plain, quoted: true);
            else plain.Append(text[_at++]);
        }
        if (_at >= text.Length) throw Incomplete("\"");
        _at++;
        Flush(parts, plain, quoted: true);
        if (parts.Count == before) parts.Add(new ShellWordPart("", Quoted: true));
    }

    private void ReadExpansion(List<ShellWordPart> parts, StringBuilder plain, bool quoted)
    {
        if (text[_at] == '`')
        {
            var end = text.IndexOf('`', _at + 1);
            if (end < 0) throw Incomplete("`");
            Add(new ShellWordPart("", quoted, Command: ShellParser.Parse(text[(_at + 1)..end])), end + 1);
            return;
        }
        var next = _at + 1 < text.Length ? text[_at + 1] : ' ';
        if (next == '(')
        {
            var end = ClosingParenthesis(_at + 2);
            Add(new ShellWordPart("", quoted, Command: ShellParser.Parse(text[(_at + 2)..end])), end + 1);
        }
        else if (next == '{')
        {
            var end = text.IndexOf('}', _at);
            if (end < 0) throw Incomplete("${");
            var inner = text[(_at + 2)..end];
            var mark = inner.IndexOf(":-", StringComparison.Ordinal);
            Add(mark < 0 ? new ShellWordPart("", quoted, inner) : new ShellWordPart("", quoted, inner[..mark], inner[(mark + 2)..]), end + 1);
        }
        else if ("?$#@*!".Contains(next, StringComparison.Ordinal) || char.IsAsciiDigit(next)) Add(new ShellWordPart("", quoted, $"{next}"), _at + 2);
        else if (next == '_' || char.IsAsciiLetter(next))
        {
            var end = _at + 1;
            while (end < text.Length && (text[end] == '_' || char.IsAsciiLetterOrDigit(text[end]))) end++;
            Add(new ShellWordPart("", quoted, text[(_at + 1)..end]), end);
        }
        else plain.Append(text[_at++]);

        void Add(ShellWordPart part, int at)
        {
            Flush(parts, plain, quoted);
            parts.Add(part);
            _at = at;
        }
    }

    private int ClosingParenthesis(int from)
    {
        var depth = 1;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] is '\'' or '"')
            {
                i = text.IndexOf(text[i], i + 1);
                if (i < 0) break;
            }
            else if (text[i] == '(') depth++;
            else if (text[i] == ')' && --depth == 0) return i;
        }
        throw Incomplete("$(");
    }

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r') _at++;
            else if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] == '\n') _at += 2;
            else if (text[_at] == '#' && (_at == 0 || EndsWord(text[_at - 1])))
            {
                while (_at < text.Length && text[_at] != '\n') _at++;
            }
            else return;
        }
    }

    private static void Flush(List<ShellWordPart> parts, StringBuilder plain, bool quoted)
    {
        if (plain.Length > 0) parts.Add(new ShellWordPart(plain.ToString(), quoted));
        plain.Clear();
    }

    private static bool EndsWord(char c) => c is ' ' or '\t' or '\r' || Operators.Contains(c, StringComparison.Ordinal);

    private static ShellSyntaxException Incomplete(string mark) => new($"syntax error: unterminated {mark}", isIncomplete: true);
}
