using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Changes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Platform;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Changes;

/// <summary>Makes objects: from files, YAML, tables and custom objects, or by a few words for what people make daily.</summary>
[Cmdlet(VerbsCommon.New, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = Whole)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class NewKubeResourceCommand : ManifestCmdlet
{
    private const string Whole = "Whole";
    private const string Words = "Words";
    private const string Opaque = "Opaque";

    /// <summary>What is made by a few words: configmap, secret, namespace, serviceaccount, deployment, job.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NewKindCompleter))]
    public string Kind { get; set; } = "";

    /// <summary>Its name.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The texts of a ConfigMap by their keys.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNull]
    public Hashtable Data { get; set; } = [];

    /// <summary>The texts of a Secret by their keys: strings or SecureStrings.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNull]
    public Hashtable StringData { get; set; } = [];

    /// <summary>Files whose content a ConfigMap or Secret holds, under their names; <c>key=path</c> for another key.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    public string[] FromFile { get; set; } = [];

    /// <summary>The type of a Secret; Opaque by default.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecretTypeCompleter))]
    public string Type { get; set; } = Opaque;

    /// <summary>The image of a Deployment's or Job's container.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>How many replicas a Deployment has; 1 by default.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateRange(0, int.MaxValue)]
    public int Replicas { get; set; } = 1;

    /// <summary>The port of a Deployment's container.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateRange(1, 65_535)]
    public int Port { get; set; }

    /// <summary>The command of a Job's container, with its arguments.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    public string[] Command { get; set; } = [];

    /// <summary>The CronJob of which a Job is made, as it would make it now.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CronJobNameCompleter))]
    public string? FromCronJob { get; set; }

    /// <summary>Files, and folders whose .yaml, .yml and .json files are read; wildcards too.</summary>
    [Parameter(ParameterSetName = Whole)]
    [FileNames]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders by their exact names.</summary>
    [Parameter(ParameterSetName = Whole)]
    [FileNames]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Reads the folders in folders, too.</summary>
    [Parameter(ParameterSetName = Whole)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The namespace of objects that name none; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? Namespace { get; set; }

    private protected override bool ReadsFoldersInFolders => Recurse;

    private protected override void Begin()
    {
        base.Begin();
        if (Namespace is not null)
            ResourceName.CheckNamespace(Namespace);
        Input.TakePaths(Path, isLiteral: false);
        Input.TakePaths(LiteralPath, isLiteral: true);
    }

    private protected override void End()
    {
        if (FromCronJob is not null)
            Create(FromCronJobs());
        else if (ParameterSetName == Words)
            Create([WholeChange.Create(ManifestOf(ByWords()), Namespace)]);
        else
            CreateGiven();
        base.End();
    }

    private void CreateGiven()
    {
        var given = Given();
        if (given.Count == 0 && !MyInvocation.ExpectingInput)
            throw new FaultException(FaultPhase.Invalid, "nothing says what is to be made", "Give a kind and a name, -Path, or pipe YAML, files or tables in.");
        if (given.Count > 0)
            Create([.. given.Select(one => WholeChange.Create(one.Manifest, Namespace) with { ClusterId = one.ClusterId })]);
    }

    private void Create(IReadOnlyList<ObjectChange> changes)
    {
        var shown = new ShownObject(Session.Views, mixed: changes.Select(static change => change.Kind).Distinct().Skip(1).Any());
        Change(TargetsOf(changes), changes, result => WriteObject(DryRun || result.Object is null ? result : shown.Of(result.Object)));
    }

    private JsonObject ByWords()
    {
        var kind = NewObject.KindOf(Kind);
        ResourceName.Check(Name);
        return kind switch
        {
            "ConfigMap" => NewObject.ConfigMap(Name, Texts(Data), Files()),
            "Secret" => NewObject.Secret(Name, Type, Texts(StringData), Files()),
            "Deployment" => NewObject.Deployment(Name, Image ?? throw Missing("-Image"), Replicas, Port > 0 ? Port : null),
            "Job" => NewObject.Job(Name, Image ?? throw Missing("-Image or -FromCronJob"), Command),
            _ => NewObject.Named(kind, Name),
        };
    }

    private FaultException Missing(string what) => new(FaultPhase.Invalid, $"a {Kind} is made of an image, and none is given", $"Give {what}.");

    private List<ObjectChange> FromCronJobs()
    {
        if (NewObject.KindOf(Kind) != "Job")
            throw new FaultException(FaultPhase.Invalid, $"a CronJob makes Jobs, and no {Kind}", "Use New-KubeResource job <name> -FromCronJob <cronjob>.");
        ResourceName.Check(Name);
        var changes = new List<ObjectChange>();
        var reader = new ResourceReader(new ResourceQuery { Kinds = ["CronJob.batch"], Names = [FromCronJob!], Namespaces = Namespace is null ? [] : [Namespace] });
        Ask<KubeObject>(Targets(), reader.ReadAsync, cronJob =>
        {
            changes.Add(WholeChange.Create(ManifestOf(WorkloadChange.JobOf(cronJob, Name)), null) with { ClusterId = cronJob.ClusterId });
            return true;
        });
        Tell(reader.Remarks);
        return changes;
    }

    private Manifest ManifestOf(JsonObject root) => Manifest.Of(new ObjectDocument(new(MyInvocation.MyCommand.Name, 1, 1, 1), JsonSerializer.SerializeToUtf8Bytes(root)));

    private static Dictionary<string, string> Texts(Hashtable given) => given.Cast<DictionaryEntry>().ToDictionary(
        static entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "",
        static entry => TargetValues.Unwrap(entry.Value) switch
        {
            SecureString secret => new System.Net.NetworkCredential("", secret).Password,
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        },
        StringComparer.Ordinal);

    private Dictionary<string, byte[]> Files()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var given in FromFile)
        {
            var at = given.IndexOf('=', StringComparison.Ordinal);
            foreach (var path in FilesOf(at < 0 ? given : given[(at + 1)..]))
            {
                try
                {
                    var key = at > 0 ? given[..at] : System.IO.Path.GetFileName(path);
                    if (!files.TryAdd(key, SharedFile.ReadAllBytes(path)))
                        throw new FaultException(FaultPhase.Invalid, $"two files of -FromFile have the key {key}", "Give one of them another: key=path.");
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new FaultException(FaultPhase.Invalid, $"{path}: this file cannot be read", "Check the path and its permissions.");
                }
            }
        }

        return files;
    }

    /// <summary>The files that a path means: itself, those that fit its wildcards, and of a folder those in it, as kubectl has it.</summary>
    private IEnumerable<string> FilesOf(string path)
    {
        var isPattern = WildcardPattern.ContainsWildcardCharacters(path) && !File.Exists(FullPaths([path])[0]);
        var found = isPattern ? new ManifestPaths(this).Resolve([path], isLiteral: false) : FullPaths([path]);
        if (found.Count == 0)
            throw new FaultException(FaultPhase.Invalid, $"{path}: no file fits, and nothing was made", "Check the path.");
        return found.SelectMany(static one => Directory.Exists(one) ? Directory.GetFiles(one).Order(StringComparer.Ordinal) : Enumerable.Repeat(one, 1));
    }
}
