using System.Collections;
using System.Xml.Linq;
using MultiCluster.Objects;

namespace MultiCluster.ViewFiles;

/// <summary>
/// The properties that come first in a file of Export-Csv: those that say which row it is. PowerShell lists what a types file declares
/// before what the class has, and compiles the access to both alike.
/// </summary>
internal static class FirstColumns
{
    private const string Getters = "MultiCluster.Module.Views.FirstColumns";

    private static readonly string[] Names = [nameof(KubeObject.ClusterName), nameof(KubeObject.ClusterId), nameof(KubeObject.Namespace), nameof(KubeObject.Name)];

    /// <summary>Whether a class is a cluster's row. Those of kinds have what KubeObject has; a table is written by its entries and nothing else.</summary>
    public static bool IsOf(Type type) => type.IsClass && !type.IsAssignableTo(typeof(IDictionary)) && !type.IsGenericType && !type.IsSubclassOf(typeof(KubeObject)) && type.GetProperty(Names[0]) is not null;

    public static XElement Of(Type type) => new(
        "Type",
        new XElement("Name", type.FullName),
        new XElement("Members", Names.Where(name => type.GetProperty(name)?.PropertyType == typeof(string)).Select(Member)));

    private static XElement Member(string name) => new(
        "CodeProperty",
        new XElement("Name", name),
        new XElement("GetCodeReference", new XElement("TypeName", Getters), new XElement("MethodName", name)));
}
