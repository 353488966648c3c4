using System.Management.Automation;
using MultiCluster.Typed.Models;

namespace MultiCluster.Module.Commands.Typed;

/// <summary>What every object of the module has and a model has not. By these, cmdlets that take objects by their properties take models.</summary>
internal static class ModelMembers
{
    /// <summary>Adds them to a model that came from a cluster.</summary>
    public static void Add(object model, string clusterName, string clusterId)
    {
        var members = PSObject.AsPSObject(model).Properties;
        var (name, ns) = ModelNames.Of(model);
        Set(members, "ClusterName", clusterName);
        Set(members, "ClusterId", clusterId);
        Set(members, "Namespace", ns);
        Set(members, "Name", name);
    }

    private static void Set(PSMemberInfoCollection<PSPropertyInfo> members, string name, string? value)
    {
        if (value is not null && members[name] is null)
            members.Add(new PSNoteProperty(name, value));
    }
}
