using System.Management.Automation;
using MultiCluster.Objects;

namespace MultiCluster.Module.Views;

/// <summary>
/// Objects as they go down the pipeline: as they are, unless one has top-level fields that are no properties of its class, which come
/// along as note properties, or is shown in another table than its class's: the server's columns, or one table for several kinds.
/// </summary>
/// <param name="views">The session's tables of kinds; null in a job, where none can be made.</param>
/// <param name="mixed">Whether objects of several kinds come.</param>
internal sealed class ShownObject(KindViews? views, bool mixed)
{
    /// <summary>One table for a stream of several kinds: PowerShell would print the later ones as lists.</summary>
    private const string Mixed = "MultiCluster.Objects.KubeObject#Mixed";

    public object Of(KubeObject item)
    {
        var others = item.OtherRoots();
        var view = mixed ? Mixed : views is null ? KindViews.KeptNameOf(item) : views.TypeNameOf(item);
        if (others.Count == 0 && view is null)
            return item;
        var shown = new PSObject(item);
        if (others.Count > 0)
            shown.AddFirstColumns();
        foreach (var (name, value) in others)
            shown.AddField(name, value.AsObject(item.Source.Places?[name]));
        if (view is not null)
            shown.TypeNames.Insert(0, view);
        return shown;
    }
}
