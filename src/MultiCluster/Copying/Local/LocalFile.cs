using System.Buffers;
using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Copying.Local;

/// <summary>Writes a file that is there when it is whole, and not before.</summary>
internal static class LocalFile
{
    private const int Piece = 128 * 1024;

    /// <summary>Bits that make a program run as somebody else are not taken from a container.</summary>
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    /// <summary>Writes it to a temporary name beside its place, and moves it there.</summary>
    /// <param name="content">What is in it; null for nothing.</param>
    /// <param name="length">How many bytes that must be, or with <paramref name="isLeast"/> at least; null where nobody knows.</param>
    /// <param name="isLeast">True for a file that may have grown meanwhile.</param>
    /// <param name="place">Where it goes. A file or a link that is there is replaced.</param>
    /// <param name="mode">Its permissions; null for those of a new file.</param>
    /// <param name="changed">When it was changed; null for now.</param>
    /// <param name="cancellationToken">Ends it; nothing is left.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="FaultException">It is not whole (Decode), or this machine does not take it (Invalid).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static async Task<long> WriteAsync(Stream? content, long? length, bool isLeast, string place, UnixFileMode? mode, DateTimeOffset? changed, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(place)!, $".copy-{Guid.NewGuid():N}.part");
        try
        {
            var bytes = await FillAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            if (isLeast ? bytes < length : bytes != (length ?? bytes))
                throw LocalFaults.Broken($"{Path.GetFileName(place)} has {length} bytes, and {bytes} have come");
            Finish(temporary, mode, changed);
            SharedFile.MoveOver(temporary, place);
            return bytes;
        }
        catch (IOException e) when (e is not EndOfStreamException)
        {
            throw LocalFaults.Of($"write {place}", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Gives a file or a folder its permissions and its time, as far as the system has such.</summary>
    public static void Finish(string path, UnixFileMode? mode, DateTimeOffset? changed)
    {
        try
        {
            if (changed is { } time && Directory.Exists(path))
                Directory.SetLastWriteTimeUtc(path, time.UtcDateTime);
            else if (changed is { } when)
                File.SetLastWriteTimeUtc(path, when.UtcDateTime);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A time that this system cannot write down.
        }

        if (mode is { } bits && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, bits & Permissions);
    }

    private static async Task<long> FillAsync(string temporary, Stream? content, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(temporary, options);
        await using var _ = file.ConfigureAwait(false);
        if (content is null)
            return 0;
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var bytes = 0L;
            while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                bytes += count;
            }

            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
