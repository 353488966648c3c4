using System.Collections;
using System.Text;
using MultiCluster.Objects.Json;

namespace MultiCluster.Tests.Objects.Json;

public sealed class KubeMapTests
{
    private static readonly KubeMap Map = Of("""{"nodeName":"n1","replicas":3,"ratio":0.5,"big":12345678901234567890,"on":true,"none":null,"list":[1,{"image":"a/b:1"}],"esc\u0061pe":"\"\u00e9\ud83d\ude00\\","Case":"upper","case":"lower","empty":{}}""");

    [Fact]
    public void In_a_string_it_is_harmless_and_ends_however_deep_it_is()
    {
        Assert.Equal("@{a={1, \\u001b[31m}}", $"{Of("""{"a":[1,"\u001b[31m"]}""")}");
        Assert.EndsWith("…" + new string('}', 32), $"{Of(string.Concat(Enumerable.Repeat("""{"a":""", 10_000)) + "1" + new string('}', 10_000))}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nodeName")]
    [InlineData("nodename")]
    [InlineData("NODENAME")]
    public void A_name_is_found_whatever_its_case(string name) => Assert.Equal("n1", Map[name]);

    [Fact]
    public void An_exact_name_wins_over_one_that_differs_in_case()
    {
        Assert.Equal("lower", Map["case"]);
        Assert.Equal("upper", Map["Case"]);
        Assert.Equal("upper", Map["CASE"]);
    }

    [Fact]
    public void Scalars_have_the_types_that_PowerShell_gives_JSON()
    {
        Assert.Equal(3L, Map["replicas"]);
        Assert.Equal(0.5, Map["ratio"]);
        Assert.Equal(12345678901234567890d, Map["big"]);
        Assert.Equal(true, Map["on"]);
        Assert.Null(Map["none"]);
        Assert.Equal("\"é😀\\", Map["escape"]);
    }

    [Fact]
    public void A_member_that_is_null_is_there_and_one_that_is_missing_is_not()
    {
        Assert.True(Map.ContainsKey("none"));
        Assert.False(Map.TryGetValue("nothing", out _));
        Assert.Null(Map["nothing"]);
    }

    [Fact]
    public void Lists_and_maps_nest()
    {
        var list = Assert.IsType<KubeList>(Map["list"]);
        Assert.Equal(2, list.Count);
        Assert.Equal("a/b:1", Assert.IsType<KubeMap>(list[1])["image"]);
        Assert.Empty(Assert.IsType<KubeMap>(Map["empty"]));
    }

    [Fact]
    public void Names_come_in_the_server_s_order()
    {
        var names = ((IDictionary)Map).Keys.Cast<string>().ToArray();
        Assert.Equal(["nodeName", "replicas", "ratio"], names[..3]);
        Assert.Equal(Map.Count, names.Length);
        Assert.Equal(names, Map.Select(pair => pair.Key));
    }

    [Fact]
    public void It_cannot_be_changed() => Assert.Throws<NotSupportedException>(() => Map["nodeName"] = "n2");

    private static KubeMap Of(string json) => new(new JsonSlice(Encoding.UTF8.GetBytes(json), 0));
}
