using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Trees;
using MultiCluster.Objects.Yaml;
using MultiCluster.Resources;

namespace MultiCluster.Changes.Editing;

/// <summary>What became of a text that was saved.</summary>
internal enum EditSave
{
    /// <summary>It says something else than before.</summary>
    Changed,

    /// <summary>It was saved as it was opened, or says the same.</summary>
    Unchanged,

    /// <summary>Nothing is left of it, which means to give up.</summary>
    Empty,
}

/// <summary>One object, of one cluster or of several, while it is edited: what is shown, what was made of it, and why it is opened again.</summary>
internal sealed class ObjectEdit
{
    private const int NamedPaths = 8;

    private static readonly KubeYamlOptions Shown = new() { DropServerFields = true };

    private readonly IReadOnlyList<KubeObject> _objects;
    private readonly string _source;
    private readonly ConcurrentDictionary<string, KubeObject> _refused = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _reasons = [];
    private Manifest _shown;
    private JsonObject? _saved;
    private string _yaml;
    private string? _opened;

    /// <param name="objects">The object in each of its clusters; what is shown is the first one.</param>
    /// <param name="source">What faults call the text: its file's name.</param>
    public ObjectEdit(IReadOnlyList<KubeObject> objects, string source)
    {
        (_objects, _source) = (objects, source);
        _yaml = YamlOf(objects[0]);
        _shown = EditedText.Read(_yaml, source)!;
    }

    /// <summary>What it is called: <c>Deployment shop/web</c>.</summary>
    public string Name => $"{_shown}";

    /// <summary>Whether it was opened again, with a reason on top.</summary>
    public bool IsReopened => _reasons.Count > 0;

    /// <summary>The text for the editor.</summary>
    public string Open() => _opened = EditedText.Of(Comments(), _yaml);

    /// <summary>Takes what was saved.</summary>
    /// <exception cref="FaultException">It is no object, or another one (Invalid).</exception>
    public EditSave Save(string text)
    {
        if (text == _opened)
            return EditSave.Unchanged;
        _yaml = EditedText.Body(text);
        if (EditedText.Read(text, _source) is not { } manifest)
            return EditSave.Empty;
        CheckIdentity(manifest);
        _saved = EditedText.TreeOf(manifest);
        return JsonNode.DeepEquals(EditedText.TreeOf(_shown), _saved) ? EditSave.Unchanged : EditSave.Changed;
    }

    /// <summary>Has a text that cannot be read opened again: the reason names the lines that it has then.</summary>
    public void Reopen(Fault problem)
    {
        _reasons = [problem.Detail];
        try
        {
            EditedText.Read(EditedText.Of(Comments(), _yaml), _source);
        }
        catch (FaultException e)
        {
            _reasons = [e.Fault.Detail];
        }
    }

    /// <summary>
    /// Has it opened again after clusters have refused it. Where it is of one cluster, and was changed there meanwhile, what is shown is as it
    /// is now, with what of the edit fits to it.
    /// </summary>
    public void Reopen(IReadOnlyList<KubeApplyResult> refusals)
    {
        _reasons = [.. refusals.Select(Reason)];
        if (_objects is not [var only] || _saved is null || !_refused.TryRemove(only.ClusterId, out var now))
        {
            if (_objects.Count > 1 && refusals.Any(static refusal => refusal.Outcome == ChangeOutcome.Conflict))
                _reasons = [.. _reasons, "Take that back here; or give up, and leave the cluster out (-Cluster) or overwrite what is there (-Force)."];
            return;
        }

        var merged = ThreeWayMerge.Of(EditedText.TreeOf(_shown), _saved, EditChange.TreeOf(now), force: false).Merged;
        _shown = EditedText.Read(YamlOf(now), _source)!;
        _yaml = KubeYamlWriter.Write(new JsonSlice(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(merged), 0), Shown);
        _reasons = [.. _reasons, "Shown is what is there now, with the rest of the edit. Write again what is to be overwritten.", "Delete this line to send what else was edited."];
    }

    /// <summary>The change of each cluster's object.</summary>
    /// <param name="force">Whether fields that differ from what was shown are overwritten.</param>
    public IReadOnlyList<ObjectChange> Changes(bool force)
    {
        var shown = EditedText.TreeOf(_shown);
        return [.. _objects.Select(item => EditChange.Of(ChangeTarget.Of(item), shown, _saved!, force, refused: now => _refused[item.ClusterId] = now))];
    }

    private static string YamlOf(KubeObject item) => KubeYamlWriter.Write(new JsonSlice(TreeJson.Of(item), 0), Shown);

    private static string Reason(KubeApplyResult refusal) => $"{refusal.ClusterName}: {refusal.Outcome}: {refusal.Message ?? refusal.Fault?.Detail}";

    private void CheckIdentity(Manifest saved)
    {
        foreach (var (field, before, now) in new[]
        {
            ("apiVersion", _shown.ApiVersion, saved.ApiVersion), ("kind", _shown.Kind, saved.Kind), ("metadata.name", _shown.Name, saved.Name), ("metadata.namespace", _shown.Namespace, saved.Namespace),
        })
        {
            if (before != now)
            {
                throw new FaultException(
                    FaultPhase.Invalid,
                    $"{field} is {now ?? "gone"} and was {before ?? "not there"}, and an edit makes no other object",
                    "Change it back; Copy-KubeResource and New-KubeResource make other objects.");
            }
        }
    }

    private IEnumerable<string> Comments()
    {
        foreach (var reason in _reasons)
            yield return reason;
        if (_reasons.Count > 0)
            yield return "Nothing was changed. Saved as it is, the edit is given up.\n";
        yield return $"{Name} in {string.Join(", ", _objects.Select(static item => item.ClusterName))}.";
        if (_objects.Count > 1)
            yield return $"Shown is that of {_objects[0].ClusterName}. What is edited is changed in each, and nothing else.";
        foreach (var item in _objects.Skip(1))
        {
            if (Differences(item) is { Length: > 0 } paths)
                yield return $"{item.ClusterName} differs in {paths}.";
        }

        yield return "Lines that begin with '#' are comments. To give up, save an empty file.";
    }

    private string Differences(KubeObject item)
    {
        var other = EditedText.Read(YamlOf(item), _source)!;
        var paths = ChangedPaths.Between(new JsonSlice(_shown.Json, 0), new JsonSlice(other.Json, 0));
        return paths.Count <= NamedPaths ? string.Join(", ", paths) : $"{string.Join(", ", paths.Take(NamedPaths))} and {paths.Count - NamedPaths} more";
    }
}
