using System.Collections;
using MultiCluster.Module.Commands.Resources;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Resources;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Get-KubeApiResource and ConvertTo-KubeYaml.</summary>
public sealed class OtherResourceCommandTests(SharedFleet shared)
{
    [Theory]
    [InlineData("Name", "deploy", "deployments")]
    [InlineData("Kind", "Deployment", "deployments")]
    [InlineData("Name", "*quotas", "resourcequotas")]
    public void Kinds_are_found_by_any_of_their_names(string parameter, string name, string expected)
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");

        var found = session.Run(new CmdletRunner<GetKubeApiResourceCommand> { [parameter] = name }).Objects.Cast<KubeApiResource>();

        Assert.Contains(expected, found.Select(kind => kind.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public void Namespaced_kinds_the_others_or_both(bool? namespaced)
    {
        using var session = new FleetSession(shared.Fleet).Select("*");
        var runner = new CmdletRunner<GetKubeApiResourceCommand> { ["ApiGroup"] = "" };
        if (namespaced is { } given)
            runner["Namespaced"] = given;

        var found = session.Run(runner).Objects.Cast<KubeApiResource>().Where(kind => kind.ClusterName == "staging").Select(kind => kind.Name).ToArray();

        Assert.Equal((namespaced is not false, namespaced is not true), (found.Contains("pods"), found.Contains("nodes")));
    }

    [Fact]
    public void Objects_become_YAML_documents()
    {
        using var session = new FleetSession(shared.Fleet).Select("staging");
        var pods = session.Run(new CmdletRunner<GetKubeResourceCommand> { ["Kind"] = "pod", ["A"] = true, ["First"] = 2 }).Objects;

        var documents = new CmdletRunner<ConvertToKubeYamlCommand> { ["Neat"] = true }.Run(pods).Objects.Cast<string>().ToArray();

        Assert.StartsWith("apiVersion: v1\nkind: Pod\n", documents[0]);
        Assert.StartsWith("---\napiVersion: v1\n", documents[1]);
        Assert.All(documents, document => Assert.DoesNotContain("managedFields", document));
        Assert.All(documents, document => Assert.DoesNotContain("resourceVersion", document));
    }

    [Fact]
    public void A_hashtable_becomes_YAML() =>
        Assert.Equal(["kind: Pod\n"], new CmdletRunner<ConvertToKubeYamlCommand>().Run([new Hashtable { ["kind"] = "Pod" }]).Objects);
}
