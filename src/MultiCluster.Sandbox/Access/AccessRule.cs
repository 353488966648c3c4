namespace MultiCluster.Sandbox.Access;

/// <summary>Allows verbs on resources, as a rule of a Role would; <c>*</c> stands for all.</summary>
/// <param name="Verbs">Space-separated: <c>get list watch</c>.</param>
/// <param name="Resources">Space-separated plurals, with a subresource where meant: <c>pods pods/log</c>.</param>
/// <param name="Namespace">The namespace; null for all namespaces and cluster-scoped objects.</param>
/// <param name="Group">The API group; null for every group.</param>
/// <param name="Name">The one object; null for every object.</param>
public sealed record AccessRule(string Verbs, string Resources, string? Namespace = null, string? Group = null, string? Name = null)
{
    internal bool Allows(string verb, string group, string resource, string ns, string name) =>
        Has(Verbs, verb) && Has(Resources, resource) && (Namespace is null || Namespace == ns)
        && (Group is null || Group == group) && (Name is null || Name == name);

    private static bool Has(string words, string word) => words.Split(' ').Any(w => w == "*" || w == word);
}
