using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Changes.Editing;
using MultiCluster.Changes.Sending;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Module.Completion;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Views;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Module.Commands.Changes;

/// <summary>Edits an object, or the same object of several clusters, in the user's editor, and does to each cluster's own what was done to the one that was shown.</summary>
[Cmdlet(VerbsData.Edit, "KubeResource", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(KubeObject), typeof(KubeApplyResult))]
public sealed class EditKubeResourceCommand : FleetChangingCmdlet
{
    /// <summary>How often a text is opened at most: a script that is the editor might never get it right.</summary>
    private const int Rounds = 10;

    /// <summary>Kinds: plural, singular, kind, short name, or <c>kind.version.group</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KindCompleter))]
    public string[] Kind { get; set; } = [];

    /// <summary>Names, with wildcards. Needed unless a selector says which objects are meant; <c>*</c> for all.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Namespaces; the session's when left out.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Label selector.</summary>
    [Parameter]
    [Alias("Selector", "l")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LabelSelectorCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Overwrites fields that are others in a cluster than what was shown; without it that is a conflict, and nothing of the object is changed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the changed objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesObjects => true;

    private protected override void End()
    {
        if (!PipesObjects && !PipesNothing && Kind.Length == 0)
            throw new FaultException(RowFaults.NoKind);
        if (!PipesObjects && !PipesNothing && Name.Length == 0 && LabelSelector is null)
            throw new FaultException(FaultPhase.Invalid, "nothing says which objects are meant", "Give -Name (with * for all) or -LabelSelector, or pipe objects in.");
        var editor = EditorCommand.Find(Session.ReadVariable, Session.IsInteractive);
        var clusters = Targets();
        foreach (var same in Find(clusters).GroupBy(static item => (item.ApiVersion, item.Kind, item.Namespace, item.Name)))
        {
            if (!Edit(editor, clusters, [.. same]))
                break;
        }

        base.End();
    }

    /// <summary>The objects as they are now, in the order of the clusters.</summary>
    private IEnumerable<KubeObject> Find(IReadOnlyList<KubeCluster> clusters)
    {
        var found = new List<KubeObject>();
        if (PipesObjects)
        {
            found.AddRange(ReadObjects(clusters, new ReferenceQuery { Kinds = Kind }, anew: true));
        }
        else if (!PipesNothing)
        {
            var reader = new ResourceReader(new ResourceQuery { Kinds = Kind, Names = Name, Namespaces = Checked.Namespaces(Namespace), LabelSelector = Checked.Labels(LabelSelector) });
            Ask<KubeObject>(clusters, reader.ReadAsync, item =>
            {
                found.Add(item);
                return true;
            });
            Tell(reader.Remarks);
            if (found.Count == 0)
                TellNothingFits("object", clusters, LabelSelector);
        }

        return clusters.SelectMany(cluster => found.Where(item => item.ClusterId == cluster.ClusterId));
    }

    /// <summary>Edits one object; false when the user gives up, and the next ones are not opened.</summary>
    private bool Edit(EditorCommand editor, IReadOnlyList<KubeCluster> clusters, IReadOnlyList<KubeObject> objects)
    {
        var file = new EditFile($"{objects[0].Kind}-{objects[0].Name}");
        var edit = new ObjectEdit(objects, System.IO.Path.GetFileName(file.Path));
        try
        {
            for (var round = 1; ; round++)
            {
                var text = OpenEditor(editor, file, edit);
                if (Take(edit, file, text, mayReopen: round < Rounds) is not { } saved)
                    continue;
                if (saved != EditSave.Changed)
                    return GiveUp(edit, file, saved);
                var changes = edit.Changes(Force);
                if (round < Rounds && Refusals(clusters, changes) is { Count: > 0 } refusals)
                {
                    edit.Reopen(refusals);
                    continue;
                }

                file.IsKept = Send(clusters, changes).Count > 0;
                return true;
            }
        }
        catch (FaultException e)
        {
            file.IsKept |= edit.IsReopened;
            Fail(e.Fault, edit.Name);
            return false;
        }
        finally
        {
            file.Close();
            if (file.IsKept)
                TellKept(file.Path);
        }
    }

    private string OpenEditor(EditorCommand editor, EditFile file, ObjectEdit edit)
    {
        Cancellation.ThrowIfCancellationRequested();
        WriteVerbose($"{edit.Name}: {editor.Program} {file.Path}");
        Host.NotifyBeginApplication();
        try
        {
            return file.Edit(editor, edit.Open(), Session.IsInteractive, Cancellation);
        }
        finally
        {
            Host.NotifyEndApplication();
        }
    }

    /// <summary>What was saved; null when it cannot be read, and is opened again.</summary>
    private EditSave? Take(ObjectEdit edit, EditFile file, string text, bool mayReopen)
    {
        Cancellation.ThrowIfCancellationRequested();
        try
        {
            return edit.Save(text);
        }
        catch (FaultException e) when (Session.IsInteractive && mayReopen)
        {
            edit.Reopen(e.Fault);
            return null;
        }
        catch (FaultException)
        {
            file.IsKept = true;
            throw;
        }
    }

    private bool GiveUp(ObjectEdit edit, EditFile file, EditSave saved)
    {
        file.IsKept = edit.IsReopened && saved == EditSave.Unchanged;
        WriteWarning(edit.IsReopened || saved == EditSave.Empty ? $"{edit.Name}: the edit was given up, and nothing was sent." : $"{edit.Name}: nothing was edited, and nothing was sent.");
        return !edit.IsReopened;
    }

    /// <summary>What the servers would refuse, where a user can mend it: asked before anything is changed, so that all clusters are changed or none.</summary>
    private List<KubeApplyResult> Refusals(IReadOnlyList<KubeCluster> clusters, IReadOnlyList<ObjectChange> changes)
    {
        var refusals = new List<KubeApplyResult>();
        if (!Session.IsInteractive || DryRun || IsWhatIf)
            return refusals;
        Ask<KubeApplyResult>([.. clusters.Where(cluster => changes.Any(change => change.ClusterId == cluster.ClusterId))], new ChangeRehearsal(changes).AskAsync, result =>
        {
            // A webhook that knows no dry run says nothing about the change itself.
            if (result.Outcome is ChangeOutcome.Conflict or ChangeOutcome.Invalid && result.Fault?.Detail.Contains("does not support dry run", StringComparison.Ordinal) != true)
                refusals.Add(result);
            return true;
        });
        return refusals;
    }

    private HashSet<string> Send(IReadOnlyList<KubeCluster> clusters, IReadOnlyList<ObjectChange> changes)
    {
        var shown = new ShownObject(Session.Views, mixed: false);
        return Change(clusters, changes, result =>
        {
            if (DryRun)
                WriteObject(result);
            else if (PassThru && result.Object is { } item)
                WriteObject(shown.Of(item));
        });
    }

    private void TellKept(string path)
    {
        var text = $"What was edited is kept in {path}";
        if (Cancellation.IsCancellationRequested)
            WriteToHost(text);
        else
            WriteWarning($"{text}.");
    }
}
