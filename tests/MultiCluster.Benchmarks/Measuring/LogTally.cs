using System.Globalization;

namespace MultiCluster.Benchmarks.Measuring;

/// <summary>What has come of one container's log, whose lines are numbered from 1 on.</summary>
internal sealed class LogTally
{
    private readonly HashSet<long> _early = [];
    private long _next = 1;

    /// <summary>Lines that came again.</summary>
    public long Repeated { get; private set; }

    /// <summary>Lines that came before an earlier one.</summary>
    public long Disordered { get; private set; }

    /// <summary>Takes a line that ends with its number, or with its number and a brace.</summary>
    public void Take(string line)
    {
        var end = line[^1] == '}' ? line.Length - 1 : line.Length;
        var start = end;
        while (char.IsAsciiDigit(line[start - 1]))
            start--;
        var number = long.Parse(line.AsSpan(start, end - start), CultureInfo.InvariantCulture);
        if (number < _next || (number > _next && !_early.Add(number)))
            Repeated++;
        if (number > _next)
            Disordered++;
        if (number != _next)
            return;
        for (_next++; _early.Remove(_next);)
            _next++;
    }

    /// <summary>How many of so many lines have not come.</summary>
    public long Lost(long written) => written - (_next - 1) - _early.Count;
}
