namespace MultiCluster.Module.Tests.Help;

/// <summary>Collects the parts in which two of the help's sources differ, with both texts.</summary>
internal sealed class Drift(string cmdlet, string one, string other)
{
    private readonly List<string> _differences = [];

    public void Compare(string part, object? ofOne, object? ofOther)
    {
        if ($"{ofOne}" != $"{ofOther}")
            _differences.Add($"{cmdlet}, {part}\n  {one}: {Shown(ofOne)}\n  {other}: {Shown(ofOther)}");
    }

    /// <summary>Compares the names alone; true where they are the same, in the same order.</summary>
    public bool CompareNames(string part, IEnumerable<string> ofOne, IEnumerable<string> ofOther)
    {
        var before = _differences.Count;
        Compare(part, string.Join(", ", ofOne), string.Join(", ", ofOther));
        return before == _differences.Count;
    }

    public void AssertNone()
    {
        if (_differences.Count > 0)
            Assert.Fail(string.Join("\n\n", _differences));
    }

    private static string Shown(object? text) => $"{text}" is { Length: > 0 } something ? something : "(nothing)";
}
