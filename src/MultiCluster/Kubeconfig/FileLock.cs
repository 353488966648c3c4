using MultiCluster.Http;

namespace MultiCluster.Kubeconfig;

/// <summary>Lets one session at a time change a file. The lock is a file beside it, which stays: removing it would let two in.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits up to 5 s for the lock of <paramref name="path"/>; dispose what is returned to free it.</summary>
    /// <exception cref="FaultException">Another session keeps the lock, or the folder is not writable.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Take(path);
            }
            catch (IOException e) when (IsTaken(e))
            {
                if (time.GetElapsedTime(started) >= Patience)
                {
                    throw new FaultException(
                        FaultPhase.Conflict,
                        $"{path} is being changed by another session",
                        "Try again; if no other session is at work, end the process that holds the lock.",
                        e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw OwnerOnlyFile.NotWritable(path, e);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The lock of <paramref name="path"/> when it is free and the folder is writable; else null.</summary>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return Take(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FileStream Take(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        OwnerOnlyFile.CreateFolder(folder);
        var lockPath = Path.Combine(folder, $".{Path.GetFileName(path)}.lock");
        return new FileStream(lockPath, OwnerOnlyFile.Options(FileMode.OpenOrCreate, FileShare.None));
    }

    /// <summary>EWOULDBLOCK on Linux and on macOS; a sharing or lock violation on Windows.</summary>
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
