using System.Collections;
using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Objects;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Pipeline;

/// <summary>A manifest that a cmdlet was given, and the cluster that it came from, where it did.</summary>
internal sealed record GivenManifest(Manifest Manifest, string? ClusterId, KubeObject? Original = null);

/// <summary>
/// What a cmdlet is given to write: files, folders, text, tables, custom objects, and objects of clusters. Each that cannot be read is an
/// error; the caller decides what that means for the others.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="recurse">Whether the folders in folders are read, too.</param>
/// <param name="read">Reads a file, and lets the pipeline be stopped meanwhile.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class ManifestInput(KubeCmdlet cmdlet, bool recurse, Func<string, IEnumerable<ObjectDocument>> read, CancellationToken cancellationToken)
{
    private const string Pipeline = "pipeline";

    private readonly PipedText _text = new();
    private readonly ManifestReader _reader = new(cancellationToken);
    private readonly List<GivenManifest> _objects = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private int _piped;

    /// <summary>How many were given that cannot be read.</summary>
    public int Failed { get; private set; }

    /// <summary>Reads files and folders.</summary>
    public void TakePaths(IEnumerable<string> paths, bool isLiteral)
    {
        var resolver = new ManifestPaths(cmdlet);
        foreach (var path in paths)
        {
            var found = resolver.Resolve([path], isLiteral);
            Failed += found.Count == 0 ? 1 : 0;
            TakeFiles(found);
        }
    }

    /// <summary>Takes what was piped in; false when it is nothing that can be written.</summary>
    public bool TryTake(object? piped)
    {
        switch (TargetValues.Unwrap(piped))
        {
            case string text:
                var from = (piped as PSObject)?.Properties["PSPath"]?.Value as string;
                foreach (var whole in _text.Add(text, from is null ? null : cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(from)))
                    Read(whole);
                return true;
            case FileSystemInfo file:
                TakeFiles([file.FullName]);
                return true;
            case PathInfo path:
                TakeFiles([path.ProviderPath]);
                return true;
            case KubeObject { Source.MetadataOnly: false } item:
                Take(TreeJson.Of(item), item.ClusterId, item);
                return true;
            case KubeTree tree:
                Take(TreeJson.Of(PlainValues.Of(tree)), tree.ClusterId, tree.Original);
                return true;
            case IDictionary table:
                Take(TreeJson.Of(PlainValues.Of(table)), null);
                return true;
            case PSObject custom when custom.Properties["kind"] is not null && custom.Properties["metadata"] is not null:
                Take(TreeJson.Of(PlainValues.Of((object)custom)), custom.Properties["ClusterId"]?.Value as string);
                return true;
            default:
                return false;
        }
    }

    /// <summary>All manifests that could be read, in their order: those of texts and files, then those of objects.</summary>
    public IReadOnlyList<GivenManifest> End()
    {
        if (_text.End() is { } last)
            Read(last);
        foreach (var fault in _reader.Result.Faults)
            Fail(fault);
        return [.. _reader.Result.Manifests.Select(static manifest => new GivenManifest(manifest, null)), .. _objects];
    }

    private void TakeFiles(IEnumerable<string> paths)
    {
        var (files, faults) = ManifestFiles.Find(paths, recurse, cancellationToken);
        foreach (var fault in faults)
            Fail(fault);
        foreach (var file in files.Where(_read.Add))
            _reader.Add(read(file));
    }

    private void Read(SourceLines text) => _reader.Add(ObjectDocuments.Read(text.Text, text.Source, cancellationToken));

    /// <summary>An object; the same one of two clusters is not there twice.</summary>
    private void Take(byte[] json, string? cluster, KubeObject? original = null)
    {
        try
        {
            _objects.Add(new(Manifest.Of(new ObjectDocument(new(Pipeline, ++_piped, 1, 1), json)), cluster, original));
        }
        catch (FaultException e)
        {
            Fail(e.Fault);
        }
    }

    private void Fail(Fault fault)
    {
        Failed++;
        cmdlet.Fail(fault);
    }
}
