using MultiCluster.Http;

namespace MultiCluster.Kubeconfig;

/// <summary>Writes files that only their owner may read, whole or not at all.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file at <paramref name="path"/>, behind a link if it is one. Its folder is made when there is none.</summary>
    /// <exception cref="FaultException">It cannot be written; the file is what it was.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = LinkedFile.TargetOf(path)?.FullName ?? path;
        var folder = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            CreateFolder(folder);
            // A rename would replace it all the same, but whoever made it read-only meant it.
            if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)) throw new IOException("it is read-only");
            try
            {
                var stream = new FileStream(temporary, Options(FileMode.CreateNew, FileShare.None));
                await using (stream.ConfigureAwait(false))
                {
                    await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
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

    /// <summary>Makes a folder that only its owner may enter.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How to open a file for writing so that nobody else may read what is created.</summary>
    public static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = ReadWrite;
        return options;
    }

    public static FaultException NotWritable(string path, Exception cause) => new(
        FaultPhase.Invalid,
        $"{path} cannot be written ({Reason(cause)})",
        "Make the file and its folder writable for you.",
        cause);

    private static string Reason(Exception cause) => cause switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "there is no such folder",
        _ => cause.Message.TrimEnd('.'),
    };
}
