using System.Buffers;
using System.Collections;
using System.Globalization;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Paths;

namespace MultiCluster.Waiting;

/// <summary>A field is to be there, or to have a value. Of several values all must be it; case makes no difference, as for <c>-eq</c>.</summary>
internal sealed class PathRule : WaitRule
{
    private static readonly SearchValues<char> NoNames = SearchValues.Create(".[]{}()@?* '\"");

    private readonly string _text;
    private readonly string? _value;
    private readonly PropertyPath? _path;

    /// <param name="text"><c>{.status.phase}=Running</c> as kubectl has it, <c>status.phase=Running</c>, or a path alone.</param>
    /// <exception cref="FaultException">It is no path (Invalid).</exception>
    public PathRule(string text)
    {
        (_text, _value) = Split(text.Trim());
        _path = PropertyPath.Parse(_text);
        if (_path is null && (_text.Length == 0 || _text.AsSpan().ContainsAny(NoNames)))
            throw Invalid(text);
    }

    public override string Unmet => _value is null ? $"did not get {_text}" : $"did not get {_text}={_value}";

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken)
    {
        var found = _path is { } path ? PathWalk.Get(item, path) : ((IPathRoot)item).TryGetField(_text, out var field) ? field : null;
        if (found is null)
            return new(WaitVerdict.Lacks($"it has no {_text}"));
        if (_value is null)
            return new(WaitVerdict.Fulfilled);
        string[] values = found is IList several ? [.. several.Cast<object?>().Select(TextOf)] : [TextOf(found)];
        return new(values.Length > 0 && values.All(one => one.Equals(_value, StringComparison.OrdinalIgnoreCase))
            ? WaitVerdict.Fulfilled
            : WaitVerdict.Lacks($"{_text} is {(values.Length == 0 ? "empty" : string.Join(", ", values))}"));
    }

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static (string Path, string? Value) Split(string text)
    {
        var end = text.StartsWith('{') ? text.IndexOf('}', StringComparison.Ordinal) + 1 : EndOfPath(text);
        if (text.StartsWith('{') && (end == 0 || (end < text.Length && text[end] != '=')))
            throw Invalid(text);
        var value = end < text.Length ? text[(end + 1)..].Trim().Trim('"', '\'') : null;
        if (value is "")
            throw new FaultException(FaultPhase.Invalid, $"'{text}' says no value", "Write the value after the equals sign, or the path alone to wait until the field is there.");

        // kubectl's writing of a path: the root may be named, an element may be any, and a dot within a name bears a backslash.
        var path = text[..end].Trim('{', '}').Trim();
        if (path.StartsWith('$'))
            path = path[1..];
        return (path.TrimStart('.').Replace("[*]", "", StringComparison.Ordinal).Replace("\\.", ".", StringComparison.Ordinal), value);
    }

    /// <summary>Where the first equals sign is that stands in no quotes.</summary>
    private static int EndOfPath(string text)
    {
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
                quote = text[i] == quote ? '\0' : quote;
            else if (text[i] is '\'' or '"')
                quote = text[i];
            else if (text[i] == '=')
                return i;
        }

        return text.Length;
    }

    private static FaultException Invalid(string text) => new(
        FaultPhase.Invalid, $"'{text}' is no path to a field", "Write '{.status.phase}=Running' or status.phase=Running. For a condition there is -Condition, for anything else -FilterScript.");
}
