using MultiCluster.Objects.Yaml;
using MultiCluster.Platform;

namespace MultiCluster.Manifests;

/// <summary>The objects of a text or a file, one after the other. What cannot be read takes its own place among them, and nothing else with it.</summary>
internal static class ObjectDocuments
{
    /// <summary>A larger file holds no manifests: the whole of a large cluster is a tenth of it.</summary>
    public const int MaxBytes = 128 * 1024 * 1024;

    private const string TooLarge = "this is larger than 128 MiB";
    private const string Split = "Split it into several files.";

    /// <summary>The objects of a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="source">What faults call it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static IEnumerable<ObjectDocument> Read(string text, string source, CancellationToken cancellationToken)
    {
        if (text.Length > MaxBytes)
            return [ObjectDocument.Lost(source, TooLarge, Split)];
        if (text.Contains('\0', StringComparison.Ordinal))
            return [ObjectDocument.Lost(source, "this is binary, or a text in another encoding than UTF-8", "Give text.")];
        return YamlDocuments.Read(text, cancellationToken).SelectMany(document => ObjectsOf(document, source));
    }

    /// <summary>The objects of a file.</summary>
    public static async Task<IEnumerable<ObjectDocument>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(path))
                return [ObjectDocument.Lost(path, "this is a folder", "Name the files in it.")];
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                return [ObjectDocument.Lost(path, TooLarge, Split)];
            var bytes = await SharedFile.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return Read(SourceText.Of(bytes), path, cancellationToken);
        }
        catch (YamlProblemException e)
        {
            return [ObjectDocument.Lost(new(path, 1, 1, 1), e)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [ObjectDocument.Lost(path, "there is no such file", "Check the path.")];
        }
        catch (UnauthorizedAccessException)
        {
            return [ObjectDocument.Lost(path, "this file may not be read", "Check its permissions.")];
        }
        catch (IOException e)
        {
            return [ObjectDocument.Lost(path, $"this file cannot be read ({e.GetType().Name})", "Check whether another program holds it, and whether the disk is there.")];
        }
    }

    private static List<ObjectDocument> ObjectsOf(YamlDocument document, string source)
    {
        var place = new ManifestPlace(source, document.Number, document.Place.Line, document.Place.Column);
        if (document.Problem is { } problem)
            return [ObjectDocument.Lost(place, problem)];
        var objects = new List<ObjectDocument>();
        try
        {
            ListItems.Unfold(new YamlJson(), document.Root!, ListKind.None, place, objects, 0);
        }
        catch (YamlProblemException e)
        {
            objects.Add(ObjectDocument.Lost(place, e));
        }

        return objects;
    }
}
