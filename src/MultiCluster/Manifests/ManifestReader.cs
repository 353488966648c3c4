using MultiCluster.Faults;

namespace MultiCluster.Manifests;

/// <summary>What was read: every object that could be, and a fault of phase Invalid for each other. Whether to go on with some is the caller's choice.</summary>
internal sealed record ManifestList(IReadOnlyList<Manifest> Manifests, IReadOnlyList<Fault> Faults);

/// <summary>Reads the manifests of one call, among which no object may be twice.</summary>
internal sealed class ManifestReader(CancellationToken cancellationToken)
{
    private readonly List<Manifest> _manifests = [];
    private readonly List<Fault> _faults = [];
    private readonly Dictionary<(string Group, string Kind, string? Namespace, string Name), ManifestPlace> _places = [];

    /// <summary>What was read so far.</summary>
    public ManifestList Result => new(_manifests, _faults);

    /// <summary>Reads files, by their full paths.</summary>
    public static async Task<ManifestList> ReadAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var reader = new ManifestReader(cancellationToken);
        foreach (var file in files)
            reader.Add(await ObjectDocuments.ReadFileAsync(file, cancellationToken).ConfigureAwait(false));
        return reader.Result;
    }

    /// <summary>Reads a text.</summary>
    public static ManifestList Read(string text, string source, CancellationToken cancellationToken = default)
    {
        var reader = new ManifestReader(cancellationToken);
        reader.Add(ObjectDocuments.Read(text, source, cancellationToken));
        return reader.Result;
    }

    public void Add(IEnumerable<ObjectDocument> documents)
    {
        foreach (var document in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Add(Manifest.Of(document));
            }
            catch (FaultException e)
            {
                _faults.Add(e.Fault);
            }
        }
    }

    private void Add(Manifest manifest)
    {
        if (manifest.Name is { } name && !_places.TryAdd((manifest.Group, manifest.Kind, manifest.Namespace, name), manifest.Place))
        {
            var first = _places[(manifest.Group, manifest.Kind, manifest.Namespace, name)];
            throw new FaultException(ObjectDocument.FaultAt(manifest.Place, $"{manifest} is there twice, first at {first}", "Leave one of them."));
        }

        _manifests.Add(manifest);
    }
}
