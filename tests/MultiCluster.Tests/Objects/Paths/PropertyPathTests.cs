using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Paths;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Objects.Paths;

public sealed class PropertyPathTests
{
    private const string Pod = """
        {"metadata":{"name":"p","labels":{"app":"web","app.kubernetes.io/name":"shop","it's":"quoted","a.b":"whole"}},
         "spec":{"nodeName":"n1","a":{"b":"steps"},"a.b":"whole","containers":[{"name":"x","image":"x:1","args":["1","2"],"resources":{"requests":{"cpu":"500m"}}},{"name":"y","image":"y:1","args":["3"]}]},
         "extra":{"deep":7}}
        """;

    [Theory]
    [InlineData("spec.nodeName", "n1")]
    [InlineData("SPEC.NODENAME", "n1")]
    [InlineData("spec.containers[1].image", "y:1")]
    [InlineData("spec.containers[-1].image", "y:1")]
    [InlineData("spec.containers.0.image", "x:1")]
    [InlineData("spec.containers`[0`].image", "x:1")]
    [InlineData("spec.containers.image", "x:1 y:1")]
    [InlineData("spec.containers.args", "[\"1\",\"2\"] [\"3\"]")]
    [InlineData("spec.containers.args.0", "1 3")]
    [InlineData("spec.containers.resources.requests.cpu", "500m")]
    [InlineData("metadata.labels['app.kubernetes.io/name']", "shop")]
    [InlineData("metadata.labels[\"app.kubernetes.io/name\"]", "shop")]
    [InlineData("metadata.labels.'app.kubernetes.io/name'", "shop")]
    [InlineData("metadata.labels.app.kubernetes.io/name", "shop")]
    [InlineData("labels.app.kubernetes.io/name", "shop")]
    [InlineData("metadata.labels.app", "web")]
    [InlineData("metadata.labels['it''s']", "quoted")]
    [InlineData("spec.a.b", "steps")]
    [InlineData("spec['a.b']", "whole")]
    [InlineData("spec['a']['b']", "steps")]
    [InlineData("extra.deep", "7")]
    [InlineData("containers.0", "x")]
    [InlineData("spec.containers.missing", null)]
    [InlineData("spec.containers[2].image", null)]
    [InlineData("spec.containers[-3].image", null)]
    [InlineData("spec.nodeName.Length", null)]
    [InlineData("nothing.at.all", null)]
    public void A_path_leads_to_its_value(string path, string? value)
    {
        var found = PathWalk.Get(Sample.Read<KubePod>(Pod), PropertyPath.Parse(path)!);

        Assert.Equal(value, found is object[] several ? string.Join(' ', several) : found?.ToString());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a['x]")]
    [InlineData("a['x'")]
    [InlineData("a[0]b")]
    [InlineData("[0]")]
    [InlineData("a.[0]x'")]
    public void What_is_no_path_is_a_name(string text) => Assert.Null(PropertyPath.Parse(text));

    [Fact]
    public void An_entry_whose_name_is_the_whole_rest_is_found_first_in_a_map()
    {
        var labels = Sample.Read<KubePod>(Pod).Labels!;

        Assert.Equal("whole", PathWalk.Get(labels, PropertyPath.Parse("a.b")!));
        Assert.IsType<KubeMap>(labels);
    }
}
