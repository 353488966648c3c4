using System.Buffers;
using System.Collections.Concurrent;
using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Kubeconfig;

/// <summary>Parsed files by path, for as long as their time and length stay what they were.</summary>
internal sealed class KubeconfigFileCache(TimeProvider time)
{
    /// <summary>A file written this recently may be written again without its time changing (FAT counts in 2 s).</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private const string TooLarge = "This file is too large to be a kubeconfig: it has more than 128 MB.";

    private readonly ConcurrentDictionary<string, Entry> _entries = new(FileLabel.Comparer);

    public KubeconfigFile Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = SharedFile.Open(path);
            var written = File.GetLastWriteTimeUtc(stream.SafeFileHandle);
            var length = stream.CanSeek ? stream.Length : 0;
            if (length > KubeconfigReader.MaxBytes) return Forget(path, TooLarge);
            if (_entries.TryGetValue(path, out var known) && known.Written == written && known.Length == length && known.IsSettled)
                return known.File;

            var readAt = time.GetUtcNow().UtcDateTime;
            using var bytes = new MemoryStream((int)length);
            Copy(stream, bytes, cancellationToken);
            if (bytes.Length > KubeconfigReader.MaxBytes) return Forget(path, TooLarge);
            var file = KubeconfigReader.Read(path, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken);
            _entries[path] = new Entry(written, length, length > 0 && readAt - written > Settled, file);
            return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Forget(path, "This file is not there any more.");
        }
        catch (UnauthorizedAccessException)
        {
            // Nobody knows what is in it, so it may be a kubeconfig that is missed.
            return Forget(path, "This file may not be read: permission denied.") with { IsRecognized = true };
        }
        catch (IOException)
        {
            return Forget(path, "This file cannot be read.") with { IsRecognized = true };
        }
    }

    /// <summary>Up to the bound and a little more: a pipe or a device has no length, and may never end.</summary>
    private static void Copy(FileStream stream, MemoryStream bytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            while (bytes.Length <= KubeconfigReader.MaxBytes && stream.Read(buffer) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bytes.Write(buffer, 0, read);
            }
        }
        finally
        {
            // It held whatever the file holds, tokens too.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private KubeconfigFile Forget(string path, string message)
    {
        _entries.TryRemove(path, out _);
        return KubeconfigFile.Lost(path, message);
    }

    private sealed record Entry(DateTime Written, long Length, bool IsSettled, KubeconfigFile File);
}
