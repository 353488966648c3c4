using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using MultiCluster.Faults;

namespace MultiCluster.Logs.Lines;

/// <summary>Which lines are wanted: those that fit one of the patterns to include, if there are any, and none of those to exclude.</summary>
internal sealed class LogFilter
{
    /// <summary>The <see cref="Fault.Reason"/> of a pattern that takes too long: no log can be read with it.</summary>
    public const string TooSlow = "PatternTooSlow";

    private const int OnStack = 512;

    /// <summary>How long one pattern may look at one line; a sane one needs a millionth of that.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(1);

    private readonly Regex[] _include;
    private readonly Regex[] _exclude;

    /// <exception cref="FaultException">A pattern is no regular expression (Invalid).</exception>
    public LogFilter(IReadOnlyList<string> include, IReadOnlyList<string> exclude, TimeSpan? patience = null)
    {
        _include = [.. include.Select(pattern => Compile("Include", pattern, patience ?? DefaultPatience))];
        _exclude = [.. exclude.Select(pattern => Compile("Exclude", pattern, patience ?? DefaultPatience))];
    }

    /// <summary>True when every line is wanted.</summary>
    public bool IsEmpty => _include.Length == 0 && _exclude.Length == 0;

    /// <summary>True when a line is wanted, judged by its bytes: no text is made of one that is not.</summary>
    /// <exception cref="FaultException">A pattern takes too long (Invalid).</exception>
    public bool Passes(ReadOnlySpan<byte> utf8)
    {
        if (IsEmpty)
            return true;
        if (utf8.Length > OnStack)
            return PassesLong(utf8);
        Span<char> text = stackalloc char[OnStack];
        return Passes((ReadOnlySpan<char>)text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    private bool PassesLong(ReadOnlySpan<byte> utf8)
    {
        var text = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return Passes((ReadOnlySpan<char>)text.AsSpan(0, Encoding.UTF8.GetChars(utf8, text)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private bool Passes(ReadOnlySpan<char> line) => (_include.Length == 0 || Any(_include, line)) && !Any(_exclude, line);

    private static bool Any(Regex[] patterns, ReadOnlySpan<char> line)
    {
        foreach (var pattern in patterns)
        {
            try
            {
                if (pattern.IsMatch(line))
                    return true;
            }
            catch (RegexMatchTimeoutException e)
            {
                throw new FaultException(new Fault
                {
                    Phase = FaultPhase.Invalid,
                    Reason = TooSlow,
                    Operation = "pick lines",
                    Detail = $"the pattern '{pattern}' was not done with a line of {line.Length} characters after {pattern.MatchTimeout.TotalSeconds:0.###} s",
                    Advice = "Repetitions inside repetitions, such as (a+)+, try every way to divide a line: write the pattern without them.",
                    Cause = e,
                });
            }
        }

        return false;
    }

    private static Regex Compile(string what, string pattern, TimeSpan patience)
    {
        try
        {
            return new Regex(pattern, RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, patience);
        }
        catch (ArgumentException e)
        {
            throw new FaultException(
                FaultPhase.Invalid,
                $"'{pattern}' of -{what} is no regular expression: {e.Message.TrimEnd('.')}",
                "Characters that mean something in a pattern ( [ ] ( ) { } . * + ? | ^ $ \\ ) are taken as they are with a backslash before them; [regex]::Escape does that.",
                e);
        }
    }
}
