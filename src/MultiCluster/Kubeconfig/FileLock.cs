using System.Globalization;
using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Kubeconfig;

/// <summary>Lets one session at a time change a file. The lock is a file beside it, which stays: removing it would let two in.</summary>
internal static class FileLock
{
    /// <summary>How long a session waits for its turn. A change takes a few milliseconds, and many sessions may start at once with one each.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits up to <see cref="Patience"/> for the lock of <paramref name="path"/>; dispose what is returned to free it.</summary>
    /// <exception cref="FaultException">Other sessions keep the lock, or the folder is not writable.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var waited = time.GetElapsedTime(started);
            try
            {
                return Take(path);
            }
            catch (IOException e) when (SharedFile.IsTaken(e))
            {
                if (waited >= Patience)
                {
                    throw new FaultException(
                        FaultPhase.Conflict,
                        string.Create(CultureInfo.InvariantCulture, $"other sessions have been changing {path} for {Patience.TotalSeconds:0} s without a pause"),
                        "Try again; if no other session is at work, end the process that holds the lock.",
                        e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw OwnerOnlyFile.NotWritable(path, e);
            }

            await Task.Delay(PauseAfter(waited), time, cancellationToken).ConfigureAwait(false);
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

    /// <summary>
    /// Who has waited longest asks most often, and so comes next more likely than not: the operating systems have no queue for this that
    /// could be left again.
    /// </summary>
    private static TimeSpan PauseAfter(TimeSpan waited)
    {
        var pause = LongestPause - (waited / 100);
        return pause > ShortestPause ? pause : ShortestPause;
    }

    private static FileStream Take(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        OwnerOnlyFile.CreateFolder(folder);
        var lockPath = Path.Combine(folder, $".{Path.GetFileName(path)}.lock");
        return OwnerOnlyFile.Open(lockPath, FileMode.OpenOrCreate, FileShare.None);
    }
}
