namespace MultiCluster.Tests.Kubeconfig;

/// <summary>A folder of its own for one test, removed with it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("multicluster-").FullName;

    public string Path { get; }

    /// <summary>The full path of a name, whose folders are separated by <c>/</c> on every system.</summary>
    public string this[string name] => System.IO.Path.GetFullPath(name, Path);

    /// <summary>Writes a file, old enough that a loader trusts its time, and returns its full path.</summary>
    public string Write(string name, string text, DateTime? writtenUtc = null)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, writtenUtc ?? new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
