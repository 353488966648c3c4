using System.Text.RegularExpressions;
using MultiCluster.Faults;

namespace MultiCluster.Objects.Selectors;

/// <summary>What names of objects and namespaces may be.</summary>
internal static partial class ResourceName
{
    /// <summary>
    /// True when <paramref name="name"/> can name some object. Kinds differ (RBAC allows <c>system:node</c>); what holds for all
    /// is that the name fits one segment of a path, at most 253 characters long.
    /// </summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 253 && name is not ("." or "..") && AnyName().IsMatch(name);
    }

    /// <summary>True when <paramref name="name"/> can name a namespace: a DNS label.</summary>
    public static bool IsValidNamespace(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 63 && DnsLabel().IsMatch(name);
    }

    /// <summary>Returns <paramref name="name"/> if it can name an object.</summary>
    /// <exception cref="FaultException">It cannot (Invalid).</exception>
    public static string Check(string name) => IsValid(name) ? name : throw NotAName(
        name,
        "an object",
        "A name is 1 to 253 characters without spaces, '/' and '%', mostly lower-case letters, digits, '-' and '.'.");

    /// <summary>Returns <paramref name="name"/> if it can name a namespace.</summary>
    /// <exception cref="FaultException">It cannot (Invalid).</exception>
    public static string CheckNamespace(string name) => IsValidNamespace(name) ? name : throw NotAName(
        name,
        "a namespace",
        "A namespace's name is 1 to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit.");

    private static FaultException NotAName(string name, string what, string rule) => new(
        FaultPhase.Invalid,
        $"'{name}' cannot be the name of {what}",
        NameFilter.IsPattern(name)
            ? "Names are exact in Kubernetes: leave this one out and filter with Where-Object Name -like."
            : rule);

    [GeneratedRegex(@"^[^\s/%*?\[\]\p{Cc}]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnyName();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabel();
}
