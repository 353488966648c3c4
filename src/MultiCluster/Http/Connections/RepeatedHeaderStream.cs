namespace MultiCluster.Http;

/// <summary>
/// Sends a header with several values as several header lines. HttpClient joins them with commas, and an API server reads
/// <c>Impersonate-Group: a, b</c> as one group of that name. The values are handed to HttpClient joined by <see cref="Separator"/>,
/// a control character that neither headers nor JSON nor YAML can hold, and it is replaced on the way out.
/// Only connections of users who impersonate several groups pass through here.
/// </summary>
internal sealed class RepeatedHeaderStream(Stream inner, IReadOnlyList<byte[]> lineStarts) : PassingStream(inner)
{
    /// <summary>Stands for "end this line and begin the header again"; followed by one character, the header's number in the list plus <see cref="FirstNumber"/>.</summary>
    public const char Separator = '\u0001';

    /// <summary>The character of header number 0.</summary>
    public const char FirstNumber = '0';

    private bool _afterSeparator;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_afterSeparator)
            {
                _afterSeparator = false;
                await base.WriteAsync(lineStarts[buffer.Span[0] - FirstNumber], cancellationToken).ConfigureAwait(false);
                buffer = buffer[1..];
                continue;
            }

            var at = buffer.Span.IndexOf((byte)Separator);
            var plain = at < 0 ? buffer : buffer[..at];
            if (plain.Length > 0)
                await base.WriteAsync(plain, cancellationToken).ConfigureAwait(false);
            _afterSeparator = at >= 0;
            buffer = at < 0 ? default : buffer[(at + 1)..];
        }
    }
}
