using System.Management.Automation;
using MultiCluster.Resources;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// An object as it goes down the pipeline: itself, unless it has top-level fields that are no properties of its class, which come
/// along as note properties, or has to be shown in another table than its class's.
/// </summary>
internal static class ShownObject
{
    /// <summary>One table for a stream of several kinds: PowerShell would print the later ones as lists.</summary>
    public const string Mixed = "MultiCluster.Resources.KubeObject#Mixed";

    public static object Of(KubeObject item, bool mixed)
    {
        var others = item.OtherRoots();
        if (others.Count == 0 && !mixed)
            return item;
        var shown = new PSObject(item);
        foreach (var (name, value) in others)
            shown.Properties.Add(new PSNoteProperty(name, value.AsObject()));
        if (mixed)
            shown.TypeNames.Insert(0, Mixed);
        return shown;
    }
}
