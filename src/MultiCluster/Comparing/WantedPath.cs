using System.Text.RegularExpressions;
using MultiCluster.Faults;
using MultiCluster.Objects.Paths;

namespace MultiCluster.Comparing;

/// <summary>
/// A path that alone is compared, and how far into an object it has led: <c>spec.template.spec.containers.image</c> is the image of every
/// container, as for Select-Object, and <c>spec.containers[app].image</c>, as rows have it, that of one.
/// </summary>
internal sealed partial class WantedPath
{
    private readonly IReadOnlyList<PathStep> _steps;
    private readonly int _at;

    private WantedPath(IReadOnlyList<PathStep> steps, int at) => (_steps, _at) = (steps, at);

    /// <summary>True when it has been followed to its end: whatever is here and below is compared.</summary>
    public bool IsEnd => _at == _steps.Count;

    /// <exception cref="FaultException">The text is no path (Invalid).</exception>
    public static WantedPath Parse(string text)
    {
        var quoted = Key().Replace(text, static match => $"['{match.Groups["key"].Value.Replace("'", "''", StringComparison.Ordinal)}']");
        if (PropertyPath.Parse(quoted) is { } path)
            return new(path.Steps, 0);
        return text.Length > 0 && text.AsSpan().IndexOfAny(".[") < 0
            ? new([new PathStep(text, null, false)], 0)
            : throw new FaultException(FaultPhase.Invalid, $"'{text}' is no path", "Write it as spec.template.spec.containers.image, or spec.containers[app].image.");
    }

    /// <summary>Where it leads on from a member of an object: one more step, or several, since names may have dots; nothing when it leads elsewhere.</summary>
    public IEnumerable<WantedPath> Into(string member)
    {
        var name = "";
        for (var end = _at; end < _steps.Count; end++)
        {
            name = end == _at ? _steps[end].Name : $"{name}.{_steps[end].Name}";
            if (name.Equals(member, StringComparison.OrdinalIgnoreCase))
                yield return new(_steps, end + 1);
            if (_steps[end].IsQuoted || (end + 1 < _steps.Count && _steps[end + 1].IsQuoted))
                yield break;
        }
    }

    /// <summary>Where it leads on from an element of a list: past a step that names it, or through every element; null when it names another.</summary>
    public WantedPath? IntoElement(string key, int index)
    {
        if (IsEnd)
            return this;
        var step = _steps[_at];
        if (step.Index is { } wanted)
            return wanted == index ? new(_steps, _at + 1) : null;
        if (!step.IsQuoted)
            return this;
        return step.Name == key ? new(_steps, _at + 1) : null;
    }

    [GeneratedRegex(@"\[(?<key>(?!-?\d+\])[^'""\]\[]+)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
