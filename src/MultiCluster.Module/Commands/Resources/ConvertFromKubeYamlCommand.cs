using System.Collections;
using System.Management.Automation;
using MultiCluster.Manifests;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Commands.Resources;

/// <summary>Reads YAML or JSON, from files or the pipeline, into plain tables that may be changed.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KubeYaml", DefaultParameterSetName = FromText)]
[OutputType(typeof(KubeTree))]
public sealed class ConvertFromKubeYamlCommand : KubeCmdlet
{
    private const string FromText = "Text";
    private const string FromPath = "Path";
    private const string FromLiteralPath = "LiteralPath";

    private readonly PipedText _text = new();
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>YAML or JSON: lines, as Get-Content and programs write them, or whole texts; or files of Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FromText)]
    [AllowEmptyString]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Files, and folders whose .yaml, .yml and .json files are read; wildcards too.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FromPath)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders by their exact names.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromLiteralPath)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads the folders in folders, too.</summary>
    [Parameter(ParameterSetName = FromPath)]
    [Parameter(ParameterSetName = FromLiteralPath)]
    public SwitchParameter Recurse { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == FromText)
            Take(InputObject);
        else
            ReadFiles(new ManifestPaths(this).Resolve(ParameterSetName == FromPath ? Path : LiteralPath, isLiteral: ParameterSetName == FromLiteralPath));
    }

    private protected override void End()
    {
        if (_text.End() is { } last)
            Write(last);
    }

    private void Take(object? piped)
    {
        switch (TargetValues.Unwrap(piped))
        {
            case null:
                break;
            case string text:
                var from = (piped as PSObject)?.Properties["PSPath"]?.Value as string;
                foreach (var whole in _text.Add(text, from is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(from)))
                    Write(whole);
                break;
            case FileSystemInfo file:
                ReadFiles([file.FullName]);
                break;
            case PathInfo path:
                ReadFiles([path.ProviderPath]);
                break;
            case IEnumerable lines and not IDictionary:
                foreach (var line in lines)
                    Take(line);
                break;
            case var other:
                Fail(new() { Phase = Faults.FaultPhase.Invalid, Detail = $"a {other.GetType().Name} is no text", Advice = "Pipe text, or files of Get-ChildItem; ConvertTo-KubeTree takes objects." }, piped);
                break;
        }
    }

    private void ReadFiles(IEnumerable<string> paths)
    {
        var (files, faults) = ManifestFiles.Find(paths, Recurse, Cancellation);
        foreach (var fault in faults)
            Fail(fault);
        foreach (var file in files.Where(_read.Add))
            Write(Await(ObjectDocuments.ReadFileAsync(file, Cancellation)));
    }

    private void Write(SourceLines text) => Write(ObjectDocuments.Read(text.Text, text.Source, Cancellation));

    private void Write(IEnumerable<ObjectDocument> documents)
    {
        foreach (var document in documents)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (document.Fault is { } fault)
                Fail(fault, document.Place.Source);
            else
                WriteObject(PlainTree.OfDocument(document.Json!));
        }
    }
}
