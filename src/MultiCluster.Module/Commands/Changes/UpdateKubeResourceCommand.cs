using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using MultiCluster.Api.Writes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Objects;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Commands.Changes;

/// <summary>Patches objects: by a merge, strategic or JSON patch, or their labels, annotations, images and variables.</summary>
[Cmdlet(VerbsData.Update, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = OfMetadata)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class UpdateKubeResourceCommand : ObjectChangingCmdlet
{
    private const string OfMerge = "Merge";
    private const string OfStrategic = "Strategic";
    private const string OfJson = "Json";
    private const string OfMetadata = "Metadata";
    private const string OfContainers = "Containers";

    private byte[] _patch = [];

    /// <summary>A merge patch (RFC 7386): a table, or JSON. Null removes a member, a list replaces the whole one. Every kind knows it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfMerge)]
    [ValidateNotNull]
    public object? Merge { get; set; }

    /// <summary>A strategic merge patch: lists are merged by their keys. Custom resources know none.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfStrategic)]
    [ValidateNotNull]
    public object? Strategic { get; set; }

    /// <summary>A JSON patch (RFC 6902): tables with op, path and value, or JSON.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfJson)]
    [ValidateNotNull]
    public object? Json { get; set; }

    /// <summary>Labels to set; null as a value removes one.</summary>
    [Parameter(ParameterSetName = OfMetadata)]
    [ValidateNotNull]
    public Hashtable? Label { get; set; }

    /// <summary>Annotations to set; null as a value removes one.</summary>
    [Parameter(ParameterSetName = OfMetadata)]
    [ValidateNotNull]
    public Hashtable? Annotation { get; set; }

    /// <summary>Images by the names of their containers, init containers among them; <c>*</c> is every one.</summary>
    [Parameter(ParameterSetName = OfContainers)]
    [ValidateNotNull]
    public Hashtable? Image { get; set; }

    /// <summary>Variables to set in every container; null as a value removes one.</summary>
    [Parameter(ParameterSetName = OfContainers)]
    [ValidateNotNull]
    public Hashtable? Env { get; set; }

    /// <summary>The containers whose variables are set; every one, init containers excepted, when left out.</summary>
    [Parameter(ParameterSetName = OfContainers)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    private protected override void Begin()
    {
        base.Begin();
        if ((Merge ?? Strategic ?? Json) is { } given)
            _patch = Json is not null && TargetValues.Unwrap(given) is IDictionary ? PatchOf(new[] { given }) : PatchOf(given); // one operation is a list of one
        else if (Label is null && Annotation is null && Image is null && Env is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says what is to change", "Give -Merge, -Strategic, -Json, -Label, -Annotation, -Image or -Env.");
    }

    private protected override ObjectChange ChangeOf(ChangeTarget target) => ParameterSetName switch
    {
        OfMerge => PatchChange.Of(target, WriteMethod.MergePatch, _patch),
        OfStrategic => PatchChange.Of(target, WriteMethod.StrategicPatch, _patch),
        OfJson => PatchChange.Of(target, WriteMethod.JsonPatch, _patch),
        OfMetadata => PatchChange.Merge(target, "Change", _ => Metadata()),
        _ => PatchChange.Operations(target, "Change", Operations),
    };

    private JsonObject Metadata()
    {
        var metadata = new JsonObject();
        if (Label is not null)
            metadata["labels"] = TableOf(Label);
        if (Annotation is not null)
            metadata["annotations"] = TableOf(Annotation);
        return new JsonObject { ["metadata"] = metadata };
    }

    private JsonArray Operations(KubeObject item)
    {
        var operations = Image is null ? [] : PodTemplate.SetImages(item, Texts(Image).ToDictionary(static text => text.Key, static text => text.Value ?? "", StringComparer.Ordinal));
        if (Env is null)
            return operations;
        foreach (var operation in PodTemplate.SetVariables(item, Texts(Env), Container))
            operations.Add(operation!.DeepClone());
        return operations;
    }

    private static JsonObject TableOf(Hashtable given)
    {
        var table = new JsonObject();
        foreach (var (key, value) in Texts(given))
            table[key] = value;
        return table;
    }

    private static Dictionary<string, string?> Texts(Hashtable given) => given.Cast<DictionaryEntry>().ToDictionary(
        static entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "",
        static entry => TargetValues.Unwrap(entry.Value) switch
        {
            null => null,
            bool yes => yes ? "true" : "false",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        },
        StringComparer.Ordinal);

    private static byte[] PatchOf(object given) => TargetValues.Unwrap(given) is string text
        ? ManifestText(text)
        : TreeJson.Of(PlainValues.Of(given));

    private static byte[] ManifestText(string text)
    {
        var document = Manifests.ObjectDocuments.Read(text, "the patch", CancellationToken.None).ToList();
        return document is [{ Json: { } json }] ? json : throw new FaultException(document is [{ Fault: { } fault }, ..] ? fault : new Fault { Phase = FaultPhase.Invalid, Detail = "the patch is not one JSON or YAML value", Advice = "Give one table, or one list of operations." });
    }
}
