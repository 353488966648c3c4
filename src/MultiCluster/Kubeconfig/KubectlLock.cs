using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>
/// The lock that kubectl takes to write a kubeconfig (clientcmd, lockFile): a file beside it which must not be there, and is removed. Held
/// for as short as can be, since kubectl does not wait for it.
/// </summary>
internal static class KubectlLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits up to 5 s for the lock of the kubeconfig at <paramref name="path"/>; dispose what is returned to free it.</summary>
    /// <exception cref="FaultException">Somebody keeps the lock, or the folder is not writable.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var lockPath = $"{path}.lock";
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await OwnerOnlyFile.Open(lockPath, FileMode.CreateNew, FileShare.None).DisposeAsync().ConfigureAwait(false);
                return new Held(lockPath);
            }
            catch (IOException) when (File.Exists(lockPath))
            {
                if (time.GetElapsedTime(started) >= Patience)
                    throw new FaultException(FaultPhase.Conflict, $"{path} cannot be written ({lockPath} is there)", $"If no kubectl is at work, remove {lockPath}: one that was ended has left it.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw OwnerOnlyFile.NotWritable(path, e);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Held(string lockPath) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Delete(lockPath);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever comes next is told of it.
            }
        }
    }
}
