using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Kubeconfig;

public sealed class KubeconfigJsonTests
{
    private static KubeconfigFile Read(string text) => KubeconfigReader.Read("/kube/config", Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_kubeconfig_may_be_json()
    {
        var file = Read("""
              {
              "kind": "Config", "apiVersion": "v1", "preferences": {}, "extra": [1, {"a": null}],
              "clusters": [{"name": "c", "cluster": {"server": "https://c", "insecure-skip-tls-verify": true,
                "extensions": [{"name": "client.authentication.k8s.io/exec", "extension": {"a": 1, "b": "1"}}]}}],
              "users": [{"name": "u", "user": {"token": "a\u0041\n", "as": null}}],
              "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
              "current-context": "x"
            }
            """);

        Assert.Equal("https://c", file.Clusters["c"].Server);
        Assert.True(file.Clusters["c"].InsecureSkipTlsVerify);
        Assert.Equal("""{"a":1,"b":"1"}""", file.Clusters["c"].ExecExtension);
        Assert.Equal("aA\n", file.Users["u"].Token);
        Assert.Null(file.Users["u"].Impersonate);
        Assert.Equal([new ContextEntry("x", "c", "u", null)], file.Contexts);
        Assert.Equal("x", file.CurrentContext);
    }

    [Fact]
    public void A_merge_key_means_nothing_in_json()
    {
        var file = Read("""{"clusters": [{"name": "c", "cluster": {"<<": {"server": "https://merged"}}}]}""");

        Assert.Null(file.Clusters["c"].Server);
    }

    [Fact]
    public void A_yaml_flow_mapping_is_not_mistaken_for_json()
    {
        Assert.Equal("x", Read("{apiVersion: v1, current-context: x}").CurrentContext);
    }

    [Fact]
    public void A_problem_in_json_has_its_place()
    {
        var problem = Assert.Single(Read("{\n  \"contexts\": [\n    \"context\"\n  ]\n}").Problems);

        Assert.Equal((3, 5), (problem.Line, problem.Column));
    }

    [Fact]
    public void Places_count_characters_line_by_line()
    {
        var problems = Read("{\"contexts\": [\"é\", 1, {\"name\": \"ok\"}\n,\n 2,\t3]}").Problems;

        Assert.Equal([(1, 15), (1, 20), (3, 2), (3, 5)], problems.Select(p => (p.Line, p.Column)));
    }

    [Fact]
    public void Json_cut_short_is_a_problem_with_a_place()
    {
        var file = Read("{\"clusters\": [{\"name\": \"c\",\n");

        Assert.Equal(FileContent.Lost, file.Content);
        Assert.NotEqual(0, Assert.Single(file.Problems).Line);
    }

    [Fact]
    public void A_bom_in_front_of_json_is_passed_over()
    {
        Assert.Equal("x", Read("\uFEFF{\"current-context\": \"x\"}").CurrentContext);
    }
}
