using System.Text;

namespace MultiCluster.Platform;

/// <summary>
/// Files that others read, write and replace at the same time. On Windows whoever has a file open keeps others out, and virus scanners open
/// what was just written: what is in the way goes away by itself, and is waited for, but not for long.
/// </summary>
internal static class SharedFile
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Six times, with pauses of 10 ms and twice as long each time: for 0.6 s in all.</summary>
    private const int Attempts = 7;

    /// <summary>Opens a file for reading, without standing in the way of those who write, replace or delete it.</summary>
    /// <exception cref="IOException">As of <see cref="FileStream"/>.</exception>
    public static FileStream Open(string path) =>
        Try(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), IsTaken, Thread.Sleep);

    /// <summary>The whole file.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static byte[] ReadAllBytes(string path)
    {
        using var file = Open(path);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The whole file.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static async Task<byte[]> ReadAllBytesAsync(string path, CancellationToken cancellationToken)
    {
        var file = Open(path);
        await using var _ = file.ConfigureAwait(false);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    /// <summary>The whole file as text: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>The whole file as text: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static async Task<string> ReadAllTextAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a file that is written in the place of another one, whose permissions it gets on Windows. Readers see the old one or the new one.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static void Replace(string written, string path) => Try(
        () =>
        {
            if (!OperatingSystem.IsWindows() || !File.Exists(path))
            {
                File.Move(written, path, overwrite: true);
                return true;
            }

            try
            {
                File.Replace(written, path, destinationBackupFileName: null, ignoreMetadataErrors: true);
            }
            catch (IOException e) when (!IsInTheWay(e))
            {
                File.Move(written, path, overwrite: true); // not every network drive can replace
            }

            return true;
        },
        IsInTheWay,
        Thread.Sleep);

    /// <summary>Gives a file another name, over one that has it.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static void MoveOver(string written, string path) => Try(
        () =>
        {
            File.Move(written, path, overwrite: true);
            return true;
        },
        IsInTheWay,
        Thread.Sleep);

    /// <summary>Whether another has the file: EWOULDBLOCK on Linux and on macOS; ERROR_SHARING_VIOLATION or ERROR_LOCK_VIOLATION on Windows.</summary>
    public static bool IsTaken(Exception e) => e is IOException && (e.HResult is 11 or 35 || CodeOf(e) is 32 or 33);

    /// <summary>
    /// Whether another who has it open keeps a file from being replaced: what tells that it is taken; on Windows ERROR_ACCESS_DENIED, which a
    /// rename over an open file gets, ERROR_UNABLE_TO_REMOVE_REPLACED, ERROR_UNABLE_TO_MOVE_REPLACEMENT and ERROR_USER_MAPPED_FILE as well.
    /// </summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="windows">Whether Windows' rules hold.</param>
    public static bool IsInTheWay(Exception e, bool windows) => IsTaken(e) || (windows && e is IOException or UnauthorizedAccessException && CodeOf(e) is 5 or 1175 or 1176 or 1224);

    private static bool IsInTheWay(Exception e) => IsInTheWay(e, OperatingSystem.IsWindows());

    /// <summary>Does something, again after a pause while another is in the way; at the end what it threw is thrown.</summary>
    internal static T Try<T>(Func<T> act, Func<Exception, bool> isInTheWay, Action<TimeSpan> pause)
    {
        var wait = TimeSpan.FromMilliseconds(10);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return act();
            }
            catch (Exception e) when (attempt < Attempts && isInTheWay(e))
            {
                pause(wait);
                wait = wait * 2 < LongestPause ? wait * 2 : LongestPause;
            }
        }
    }

    /// <summary>The error of Windows in an HRESULT of its facility; 0 for what is none.</summary>
    private static int CodeOf(Exception e) => (uint)e.HResult >> 16 == 0x8007 ? e.HResult & 0xFFFF : 0;
}
