using System.Globalization;
using System.Text;
using MultiCluster.Faults;

namespace MultiCluster.Objects.Selectors;

/// <summary>Reads the grammar of apimachinery <c>labels.Parse</c>.</summary>
internal ref struct LabelSelectorParser(string text)
{
    private const string Special = "=!(),<>";

    private readonly StringBuilder _normal = new();
    private readonly List<LabelRequirement> _requirements = [];
    private int _at;

    /// <summary>What has been read, requirement by requirement.</summary>
    public readonly IReadOnlyList<LabelRequirement> Requirements => _requirements;

    public string Parse()
    {
        SkipSpace();
        while (_at < text.Length)
        {
            ReadRequirement();
            SkipSpace();
            if (_at == text.Length)
                break;
            if (text[_at] != ',')
                throw Wrong(_at, $"expected ',' or the end, found {Found()}");
            _at++;
            _normal.Append(',');
            SkipSpace();
            if (_at == text.Length)
                throw Wrong(_at, "expected a label key after ','");
        }

        return _normal.ToString();
    }

    private void ReadRequirement()
    {
        if (text[_at] == '!')
        {
            _at++;
            var absent = ReadKey();
            _normal.Append('!').Append(absent);
            Require(absent, LabelOperator.DoesNotExist);
            return;
        }

        var key = ReadKey();
        _normal.Append(key);
        SkipSpace();
        if (_at == text.Length || text[_at] == ',')
        {
            Require(key, LabelOperator.Exists);
            return;
        }

        switch (ReadOperator())
        {
            case "=" or "==":
                Require(key, LabelOperator.In, ReadOne("="));
                break;
            case "!=":
                Require(key, LabelOperator.NotIn, ReadOne("!="));
                break;
            case ">":
                Require(key, LabelOperator.GreaterThan, ReadNumber(">"));
                break;
            case "<":
                Require(key, LabelOperator.LessThan, ReadNumber("<"));
                break;
            case "in":
                _normal.Append(" in ");
                Require(key, LabelOperator.In, [.. ReadSet()]);
                break;
            default:
                _normal.Append(" notin ");
                Require(key, LabelOperator.NotIn, [.. ReadSet()]);
                break;
        }
    }

    private readonly void Require(string key, LabelOperator comparison, params string[] values) => _requirements.Add(new(key, comparison, values));

    private string ReadKey()
    {
        SkipSpace();
        var at = _at;
        var key = ReadWord();
        if (key.Length == 0)
            throw Wrong(at, $"expected a label key, found {Found()}");
        return LabelSyntax.KeyProblem(key) is { } problem ? throw Wrong(at, problem) : key;
    }

    private string ReadOperator()
    {
        var at = _at;
        var word = ReadWord();
        if (word is "in" or "notin")
            return word;
        _at = at;
        var length = text.AsSpan(at) switch
        {
            ['=', '=', ..] or ['!', '=', ..] => 2,
            ['=', ..] or ['>', ..] or ['<', ..] => 1,
            _ => throw Wrong(at, $"expected one of = == != in notin > <, found {Found()}"),
        };
        _at += length;
        return text[at.._at];
    }

    private string ReadOne(string sign)
    {
        _normal.Append(sign);
        SkipSpace();
        var at = _at;
        var value = ReadWord();
        if (value.Length == 0 && _at < text.Length && text[_at] != ',')
            throw Wrong(at, $"expected a value, found {Found()}");
        if (LabelSyntax.ValueProblem(value) is { } problem)
            throw Wrong(at, problem);
        _normal.Append(value);
        return value;
    }

    private string ReadNumber(string sign)
    {
        SkipSpace();
        var at = _at;
        var word = ReadWord();
        if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            throw Wrong(at, "expected a whole number after > or <");
        _normal.Append(sign).Append(word);
        return word;
    }

    private List<string> ReadSet()
    {
        var values = new List<string>();
        SkipSpace();
        if (_at == text.Length || text[_at] != '(')
            throw Wrong(_at, $"expected '(' before the values, found {Found()}");
        _normal.Append('(');
        do
        {
            _at++;
            SkipSpace();
            var at = _at;
            var value = ReadWord();
            if (LabelSyntax.ValueProblem(value) is { } problem)
                throw Wrong(at, problem);
            _normal.Append(value);
            values.Add(value);
            SkipSpace();
            if (_at == text.Length || text[_at] is not (',' or ')'))
                throw Wrong(_at, $"expected ',' or ')' after a value, found {Found()}");
            _normal.Append(text[_at]);
        }
        while (text[_at] == ',');
        _at++;
        return values;
    }

    private string ReadWord()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !Special.Contains(text[_at], StringComparison.Ordinal))
            _at++;
        return text[start.._at];
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    private readonly string Found() => _at < text.Length ? $"'{text[_at]}'" : "the end";

    private readonly FaultException Wrong(int at, string problem) =>
        SelectorFault.At("label selector", text, at, problem, SelectorFault.LabelExample);
}
