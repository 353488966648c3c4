using MultiCluster.Faults;

namespace MultiCluster.Copying.Local;

/// <summary>Where on this machine what comes out of each pod goes.</summary>
internal sealed class LocalPlaces
{
    private readonly bool _windows = OperatingSystem.IsWindows();
    private readonly string _destination;
    private readonly bool _folderForEachPod;
    private readonly bool _isFolder;
    private readonly IReadOnlyDictionary<string, string> _clusters;

    /// <param name="destination">The full path that was asked for.</param>
    /// <param name="folderForEachPod">Whether each pod has a folder of its own there.</param>
    /// <param name="names">What is copied, by its names.</param>
    /// <param name="clusters">The names of the clusters.</param>
    /// <exception cref="FaultException">The destination is a file and many come, or two of what comes would be one (Invalid).</exception>
    public LocalPlaces(string destination, bool folderForEachPod, IReadOnlyList<string> names, IEnumerable<string> clusters)
    {
        CheckDistinct(names);
        _isFolder = folderForEachPod || names.Count > 1 || Path.EndsInDirectorySeparator(destination) || Directory.Exists(destination);
        _destination = Directory.Exists(destination) ? LocalPlace.Real(destination) : Path.TrimEndingDirectorySeparator(destination);
        _folderForEachPod = folderForEachPod;
        _clusters = LocalNames.SafeOfEach(clusters);
        if (_isFolder && File.Exists(_destination))
            throw LocalFaults.Invalid($"{_destination} is a file, and a folder is needed for what comes", "Name a folder as the destination.");
    }

    /// <summary>That nothing goes where something else goes, too.</summary>
    /// <exception cref="FaultException">Two have the same name (Invalid).</exception>
    public static void CheckDistinct(IEnumerable<string> names)
    {
        if (names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw LocalFaults.Invalid($"two of the paths are called {twice.Key}", "Copy them one after the other, each to its own destination.");
    }

    /// <summary>The folder of a pod; the destination where there are no such.</summary>
    public string FolderOf(string cluster, string ns, string pod) =>
        _folderForEachPod ? Path.Combine(_destination, _clusters[cluster], LocalNames.Safe(ns), LocalNames.Safe(pod)) : _destination;

    /// <summary>Where something goes that comes out of a pod.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="name">Its name; <c>.</c> for what is in a folder.</param>
    public string Of(string cluster, string ns, string pod, string name)
    {
        var folder = FolderOf(cluster, ns, pod);
        return !_isFolder || name == "." ? folder : Path.Combine(folder, _windows ? LocalNames.Safe(name) : name);
    }
}
