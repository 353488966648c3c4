using MultiCluster.Faults;

namespace MultiCluster.Exec.Terminals;

/// <summary>The keys that leave a terminal: written as <c>ctrl-p,ctrl-q</c>, as Docker has them. They may arrive in pieces.</summary>
internal sealed class DetachKeys
{
    private readonly byte[] _keys;
    private int _matched;

    private DetachKeys(byte[] keys) => _keys = keys;

    /// <summary>Reads how they are written; an empty text for none.</summary>
    /// <exception cref="FaultException">It cannot be read (Invalid).</exception>
    public static DetachKeys Of(string text) => new([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(KeyOf)]);

    /// <summary>
    /// Takes what was typed; gives what of it is for the other side. A key that may begin the sequence is kept until the next one shows whether it
    /// does.
    /// </summary>
    /// <returns>What is sent, and whether the sequence is complete.</returns>
    public (byte[] Sent, bool Leaves) Take(ReadOnlySpan<byte> typed)
    {
        var sent = new List<byte>(typed.Length);
        foreach (var key in typed)
        {
            if (_keys.Length == 0)
            {
                sent.Add(key);
                continue;
            }

            if (key != _keys[_matched])
            {
                sent.AddRange(_keys.AsSpan(0, _matched));
                _matched = 0;
            }

            if (key != _keys[_matched])
                sent.Add(key);
            else if (++_matched == _keys.Length)
                return ([.. sent], true);
        }

        return ([.. sent], false);
    }

    private static byte KeyOf(string word) => word switch
    {
        [var one] when one < 128 => (byte)one,
        _ when word.StartsWith("ctrl-", StringComparison.OrdinalIgnoreCase) && word.Length == 6 && char.ToUpperInvariant(word[5]) is var letter and >= '@' and <= '_' => (byte)(letter - '@'),
        _ => throw new FaultException(FaultPhase.Invalid, $"'{word}' is no key", "Write letters, or ctrl- and a letter: ctrl-p,ctrl-q."),
    };
}
