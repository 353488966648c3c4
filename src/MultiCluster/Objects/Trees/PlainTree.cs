using System.Globalization;
using System.Numerics;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Objects.Trees;

/// <summary>Makes plain trees: of objects of a cluster, of JSON, of whatever is a table.</summary>
internal static class PlainTree
{
    /// <summary>The whole object.</summary>
    /// <exception cref="FaultException">Invalid: it is nested too deep to be data.</exception>
    public static KubeTree Of(KubeObject item, KubeYamlOptions options) => Of(YamlMembers.Of(item), item.Source.Cluster, options, item);

    /// <summary>An object of that cluster, or of none: a <see cref="KubeTree"/> of a table, else the list or the value.</summary>
    /// <exception cref="FaultException">Invalid: it is nested too deep to be data.</exception>
    public static object? Of(object? value, ClusterIdentity? cluster, KubeYamlOptions options)
    {
        value = PlainValue.Of(value);
        return YamlMembers.Of(value) is { } members ? Of(members, cluster, options) : Value(value, 0);
    }

    /// <summary>What a document holds, all of it.</summary>
    public static object? OfDocument(byte[] json) => Value(new JsonSlice(json, 0), 0);

    private static KubeTree Of(List<YamlMember> members, ClusterIdentity? cluster, KubeYamlOptions options, KubeObject? original = null)
    {
        if (members.Exists(static member => member.Name is "apiVersion" or "kind" or "metadata"))
            members = YamlMembers.OfObject(members, options).ConvertAll(member => member.Name == "metadata" && YamlMembers.Of(PlainValue.Of(member.Value)) is { } metadata ? member with { Value = YamlMembers.OfMetadata(metadata, options) } : member);
        return Table(members, cluster, 0, original);
    }

    private static object? Value(object? given, int depth)
    {
        if (depth > YamlTree.MaxDepth)
            throw new FaultException(FaultPhase.Invalid, $"the value is nested deeper than {YamlTree.MaxDepth} levels", "Check whether it contains itself.");
        var value = PlainValue.Of(given);
        switch (value)
        {
            case List<YamlMember> members:
                return Table(members, null, depth);
            case null or string or bool or sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double or float or BigInteger:
                return value;
            case JsonSlice { IsObject: false, IsArray: false } number:
                return Number(Encoding.UTF8.GetString(number.Raw));
            case KubeObject item:
                return Table(YamlMembers.Of(item), null, depth);
            default:
                if (YamlMembers.Of(value) is { } table)
                    return Table(table, null, depth);
                return PlainValue.Elements(value) is { } elements
                    ? elements.Select(element => Value(element, depth + 1)).ToArray()
                    : PlainValue.Text(value);
        }
    }

    private static KubeTree Table(List<YamlMember> members, ClusterIdentity? cluster, int depth, KubeObject? original = null)
    {
        var table = new KubeTree(NamesOf(members), cluster) { Original = original };
        foreach (var (name, value) in members)
            table[name] = Value(value, depth + 1);
        return table;
    }

    /// <summary>As in PowerShell's own tables the case of a name does not matter, unless two differ in nothing else: a ConfigMap may have both.</summary>
    private static StringComparer NamesOf(List<YamlMember> members) =>
        members.Count == members.Select(static member => member.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The type that loses no digit: long, BigInteger, double, decimal.</summary>
    private static object Number(string json)
    {
        if (long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (BigInteger.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
            return large;
        var real = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(real) && YamlNumber.AreSame(json, real.ToString("R", CultureInfo.InvariantCulture)))
            return real;
        return decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && YamlNumber.AreSame(json, exact.ToString(CultureInfo.InvariantCulture)) ? exact : real;
    }
}
