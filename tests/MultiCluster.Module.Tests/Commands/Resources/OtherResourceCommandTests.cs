using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Get-KubeApiResource and ConvertTo-KubeYaml.</summary>
public sealed class OtherResourceCommandTests(SharedFleet shared)
{
    [Theory]
    [InlineData("-Name", "deploy", "deployments")]
    [InlineData("-Kind", "Deployment", "deployments")]
    [InlineData("-Name", "*quotas", "resourcequotas")]
    public void Kinds_are_found_by_any_of_their_names(string parameter, string name, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var found = shell.Run($"Get-KubeApiResource {parameter} {name}").Of<KubeApiResource>();

        Assert.Contains(expected, found.Select(static kind => kind.Name));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("-Namespaced", true, false)]
    [InlineData("-Namespaced:$false", false, true)]
    public void Namespaced_kinds_the_others_or_both(string namespaced, bool pods, bool nodes)
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var found = shell.Run($"Get-KubeApiResource -ApiGroup '' {namespaced}").Of<KubeApiResource>().Where(static kind => kind.ClusterName == "staging").Select(static kind => kind.Name).ToArray();

        Assert.Equal((pods, nodes), (found.Contains("pods"), found.Contains("nodes")));
    }

    [Fact]
    public void Objects_become_YAML_documents_that_a_person_would_edit()
    {
        using var shell = new Shell(shared.Fleet).Select("staging");

        var documents = shell.Run("Get-KubeResource pod -A -First 2 | ConvertTo-KubeYaml -Neat").Of<string>();

        Assert.StartsWith("apiVersion: v1\nkind: Pod\n", documents[0], StringComparison.Ordinal);
        Assert.StartsWith("---\napiVersion: v1\n", documents[1], StringComparison.Ordinal);
        Assert.All(documents, static document => Assert.DoesNotContain("managedFields", document));
        Assert.All(documents, static document => Assert.DoesNotContain("resourceVersion", document));
    }

    [Fact]
    public void A_hashtable_becomes_YAML()
    {
        using var shell = new Shell();

        Assert.Equal(["kind: Pod\n"], shell.Run("@{ kind = 'Pod' } | ConvertTo-KubeYaml").Output);
    }
}
