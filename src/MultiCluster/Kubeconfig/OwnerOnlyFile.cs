using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Kubeconfig;

/// <summary>Writes files that only their owner may read, whole or not at all.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Replaces the file at <paramref name="path"/>, behind a link if it is one. Its folder is made when there is none, and what a killed
    /// writer left there is removed. The caller holds the file's lock.
    /// </summary>
    /// <exception cref="FaultException">It cannot be written; the file is what it was.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = LinkedFile.TargetOf(path)?.FullName ?? path;
        var folder = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            CreateFolder(folder);
            foreach (var leftover in LeftoversOf(path)) Remove(leftover);
            // A rename would replace it all the same, but whoever made it read-only meant it.
            if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)) throw new IOException("it is read-only");
            try
            {
                var stream = Open(temporary, FileMode.CreateNew, FileShare.None);
                await using (stream.ConfigureAwait(false))
                {
                    await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                    stream.Flush(flushToDisk: true);
                }

                SharedFile.Replace(temporary, target);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>Removes what a writer that was killed left beside the file: it may hold what the file holds, tokens for one.</summary>
    public static void RemoveLeftovers(string path)
    {
        if (LeftoversOf(path).Count == 0) return;

        // Who writes just now has the lock, and what it has not yet put into place is no leftover.
        using var held = FileLock.TryTake(path);
        if (held is null) return;
        foreach (var leftover in LeftoversOf(path)) Remove(leftover);
    }

    /// <summary>Makes a folder that only its owner may enter.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) OwnerOnlyAccess.CreateFolder(folder);
        else Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file for writing so that nobody else may read what is created.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share) => OperatingSystem.IsWindows()
        ? OwnerOnlyAccess.Open(path, mode, share)
        : new FileStream(path, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, UnixCreateMode = ReadWrite });

    public static FaultException NotWritable(string path, Exception cause) => new(
        FaultPhase.Invalid,
        $"{path} cannot be written ({Reason(cause)})",
        "Make the file and its folder writable for you.",
        cause);

    private static IReadOnlyList<string> LeftoversOf(string path)
    {
        var target = LinkedFile.TargetOf(path)?.FullName ?? path;
        try
        {
            return [.. Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.????????.???.tmp")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Remove(string leftover)
    {
        try
        {
            File.Delete(leftover);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one will try again.
        }
    }

    private static string Reason(Exception cause) => cause switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "there is no such folder",
        _ => cause.Message.TrimEnd('.'),
    };
}
