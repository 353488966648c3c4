using System.Security.Cryptography;
using System.Text;
using MultiCluster.Kubeconfig;
using MultiCluster.Platform;

namespace MultiCluster.Api.Discovery;

/// <summary>
/// Snapshots in a folder of the user's own, so that a new session starts without discovery. A cache only: whatever is wrong with a
/// file or the folder means that there is nothing, and never an error.
/// </summary>
internal sealed class DiscoveryDiskCache(string folder, TimeProvider time)
{
    /// <summary>How long a snapshot is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    /// <summary>The name of a cluster's file: the same server with another CA is another cluster.</summary>
    /// <param name="server">The API server's address, with its path prefix.</param>
    /// <param name="certificateAuthority">The CA's PEM text or its base64; null when the system's CAs serve.</param>
    public static string KeyOf(string server, string? certificateAuthority)
    {
        var text = $"{server.TrimEnd('/')}\n{certificateAuthority?.Trim()}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    /// <summary>The snapshot kept under <paramref name="key"/>, or null when there is none that can be used.</summary>
    public DiscoverySnapshot? Read(string key)
    {
        try
        {
            var path = PathOf(key);
            if (!File.Exists(path) || DiscoveryCacheFormat.Read(SharedFile.ReadAllBytes(path)) is not { } snapshot)
                return null;
            var age = time.GetUtcNow() - snapshot.FetchedAt;
            return age >= TimeSpan.Zero && age < Lifetime ? snapshot : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Keeps <paramref name="snapshot"/>; readable by its owner only, and never seen half-written.</summary>
    public void Write(string key, DiscoverySnapshot snapshot)
    {
        var temporary = PathOf($".{key}.{Guid.NewGuid():N}");
        try
        {
            OwnerOnlyFile.CreateFolder(folder);
            using (var file = OwnerOnlyFile.Open(temporary, FileMode.CreateNew, FileShare.None))
                DiscoveryCacheFormat.Write(file, snapshot);
            SharedFile.MoveOver(temporary, PathOf(key));
            foreach (var leftover in Directory.EnumerateFiles(folder, ".*.json").Where(IsOld)) // of a process that was killed while it wrote
                Delete(leftover);
        }
        catch (Exception)
        {
            Delete(temporary);
        }
    }

    private bool IsOld(string path) => time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > Lifetime;

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done about a folder that takes neither files nor deletes.
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".json");
}
