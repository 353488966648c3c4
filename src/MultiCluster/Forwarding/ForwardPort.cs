using System.Globalization;
using MultiCluster.Faults;

namespace MultiCluster.Forwarding;

/// <summary>Which port leads to which, as kubectl writes it: <c>8080:80</c>, <c>8080:http</c>, <c>:80</c>. A port alone is the target's.</summary>
/// <param name="Local">The port here; 0 for a free one.</param>
/// <param name="Remote">The target's port, by number or name.</param>
internal sealed record ForwardPort(int Local, string Remote)
{
    /// <summary>The target's port as a number; null when it is a name.</summary>
    public int? Number => int.TryParse(Remote, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads one.</summary>
    /// <exception cref="FaultException">It is none (Invalid).</exception>
    public static ForwardPort Parse(string text)
    {
        var parts = text.Trim().Split(':');
        var (local, remote) = parts switch
        {
            [var one] => ("", one),
            [var here, var there] => (here, there),
            _ => throw Invalid(text),
        };
        var port = 0;
        if (local.Length > 0 && (!int.TryParse(local, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > ushort.MaxValue))
            throw Invalid(text);
        var parsed = new ForwardPort(port, remote);
        return (parsed.Number is { } number ? number is > 0 and <= ushort.MaxValue : IsName(remote)) ? parsed : throw Invalid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Local == 0 ? Remote : string.Create(CultureInfo.InvariantCulture, $"{Local}:{Remote}");

    /// <summary>IANA_SVC_NAME, and what is taken for it elsewhere: a digit first.</summary>
    private static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text.Any(char.IsAsciiLetter) && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');

    private static FaultException Invalid(string text) => new(
        FaultPhase.Invalid,
        $"'{text}' is no port",
        "Write the target's port by number or name (80, http), with a local one before it (8080:80), or :80 for a free one.");
}
