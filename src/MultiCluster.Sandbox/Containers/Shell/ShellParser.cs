namespace MultiCluster.Sandbox.Containers.Shell;

/// <summary>Makes commands of a text: the part of POSIX' shell language that people type into pods.</summary>
internal sealed class ShellParser
{
    private static readonly string[] Closers = ["then", "elif", "else", "fi", "do", "done", "}"];

    private readonly ShellWords _words;

    private ShellParser(string text) => _words = new ShellWords(text);

    /// <exception cref="ShellSyntaxException">It is no command, or not a whole one.</exception>
    public static ShellNode Parse(string text)
    {
        var parser = new ShellParser(text);
        var list = parser.ReadList();
        return parser._words.IsAtEnd ? list : throw parser.Unexpected();
    }

    private ShellList ReadList()
    {
        var items = new List<(ShellNode, ShellJoin)>();
        var join = ShellJoin.Always;
        while (true)
        {
            SkipSeparators(join == ShellJoin.Always);
            if (_words.IsAtEnd && join != ShellJoin.Always) throw Incomplete();
            if (_words.IsAtEnd || _words.Sees(")") || Closers.Any(_words.SeesWord)) return new ShellList(items);
            items.Add((ReadPipeline(), join));
            if (_words.Take("&&")) join = ShellJoin.And;
            else if (_words.Take("||")) join = ShellJoin.Or;
            else
            {
                join = ShellJoin.Always;
                if (!_words.Sees(";") && !_words.Sees("\n") && !_words.Sees("&") && !_words.Sees(")") && !_words.IsAtEnd) throw Unexpected();
            }
        }
    }

    private void SkipSeparators(bool any)
    {
        while (_words.Take("\n") || (any && !_words.Sees("&&") && (_words.Take(";") || _words.Take("&"))))
        {
            // What separates commands may come more than once.
        }
    }

    private ShellNode ReadPipeline()
    {
        var negated = _words.TakeWord("!");
        var commands = new List<ShellNode> { ReadCommand() };
        while (!_words.Sees("||") && _words.Take("|"))
        {
            SkipSeparators(any: false);
            commands.Add(ReadCommand());
        }
        return commands.Count == 1 && !negated ? commands[0] : new ShellPipeline(commands, negated);
    }

    private ShellNode ReadCommand()
    {
        if (_words.IsAtEnd) throw Incomplete();
        if (_words.Take("(")) return ReadGroup(")", ownState: true);
        if (_words.TakeWord("{")) return ReadGroup("}", ownState: false);
        if (_words.TakeWord("if")) return ReadIf();
        if (_words.TakeWord("while")) return ReadWhile(until: false);
        if (_words.TakeWord("until")) return ReadWhile(until: true);
        return _words.TakeWord("for") ? ReadFor() : ReadSimple();
    }

    private ShellGroup ReadGroup(string closer, bool ownState)
    {
        var body = ReadList();
        Expect(closer, closer == ")" ? _words.Take : _words.TakeWord);
        var redirects = new List<ShellRedirect>();
        while (ReadRedirect() is { } redirect) redirects.Add(redirect);
        return new ShellGroup(body, ownState, redirects);
    }

    private ShellIf ReadIf()
    {
        var condition = ReadList();
        Expect("then", _words.TakeWord);
        var then = ReadList();
        if (_words.TakeWord("elif")) return new ShellIf(condition, then, ReadIf());
        var otherwise = _words.TakeWord("else") ? ReadList() : null;
        Expect("fi", _words.TakeWord);
        return new ShellIf(condition, then, otherwise);
    }

    private ShellWhile ReadWhile(bool until)
    {
        var condition = ReadList();
        return new ShellWhile(condition, ReadBody(), until);
    }

    private ShellFor ReadFor()
    {
        var variable = _words.Next()?.Plain ?? throw Unexpected();
        var words = new List<ShellWord>();
        if (_words.TakeWord("in"))
            while (_words.Next() is { } word) words.Add(word);
        SkipSeparators(any: true);
        return new ShellFor(variable, words, ReadBody());
    }

    private ShellList ReadBody()
    {
        Expect("do", _words.TakeWord);
        var body = ReadList();
        Expect("done", _words.TakeWord);
        return body;
    }

    private ShellCommand ReadSimple()
    {
        var assignments = new List<(string, ShellWord)>();
        var words = new List<ShellWord>();
        var redirects = new List<ShellRedirect>();
        while (true)
        {
            if (ReadRedirect() is { } redirect) redirects.Add(redirect);
            else if (_words.Next() is { } word)
            {
                if (words.Count == 0 && Assignment(word) is { } assignment) assignments.Add(assignment);
                else words.Add(word);
            }
            else break;
        }
        if (words.Count == 0 && assignments.Count == 0 && redirects.Count == 0) throw Unexpected();
        return new ShellCommand(assignments, words, redirects);
    }

    private ShellRedirect? ReadRedirect()
    {
        var number = _words.TakeStreamNumber();
        if (_words.Take(">>")) return new ShellRedirect(number ?? 1, ShellRedirectKind.Append, Target());
        if (_words.Take(">&")) return new ShellRedirect(number ?? 1, ShellRedirectKind.Duplicate, Target());
        if (_words.Take(">")) return new ShellRedirect(number ?? 1, ShellRedirectKind.Write, Target());
        if (_words.Sees("<<")) throw new ShellSyntaxException("syntax error: here documents are not simulated");
        return _words.Take("<") ? new ShellRedirect(number ?? 0, ShellRedirectKind.Read, Target()) : null;
    }

    private ShellWord Target() => _words.Next() ?? throw Unexpected();

    private static (string Name, ShellWord Value)? Assignment(ShellWord word)
    {
        if (word.Parts[0] is not { Quoted: false, Variable: null, Command: null } first) return null;
        var mark = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (mark < 1 || char.IsAsciiDigit(first.Text[0]) || !first.Text[..mark].All(c => c == '_' || char.IsAsciiLetterOrDigit(c))) return null;
        return (first.Text[..mark], new ShellWord([first with { Text = first.Text[(mark + 1)..] }, .. word.Parts.Skip(1)]));
    }

    private void Expect(string mark, Func<string, bool> take)
    {
        if (take(mark)) return;
        if (_words.IsAtEnd) throw Incomplete();
        throw Unexpected();
    }

    private ShellSyntaxException Unexpected()
    {
        if (_words.IsAtEnd) return new ShellSyntaxException("syntax error: unexpected end of file");
        var mark = ((string[])["&&", "||", ";", "|", "&", "(", ")", "<", ">"]).FirstOrDefault(_words.Sees) ?? _words.Next()?.Plain ?? "newline";
        return new ShellSyntaxException($"syntax error: unexpected \"{mark}\"");
    }

    private static ShellSyntaxException Incomplete() => new("syntax error: unexpected end of file", isIncomplete: true);
}
