using System.Text;
using MultiCluster.Logs;
using MultiCluster.Objects.Json;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Logs;

public sealed class KubeLogLineTests
{
    [Fact]
    public void A_line_carries_its_cluster_and_where_it_comes_from()
    {
        var line = Line("hello");
        Assert.Equal(("fleet.yaml:prod-eu", "prod-eu"), (line.ClusterId, line.ClusterName));
        Assert.Equal(("shop", "web-1", "app", "hello"), (line.Namespace, line.Pod, line.Container, line.Line));
        Assert.Equal("hello", line.ToString());
    }

    [Fact]
    public void The_time_keeps_what_dotnet_can_hold()
    {
        var time = Line("x").Timestamp;
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567), time);
        Assert.Equal(time.ToLocalTime().Offset, time.Offset);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_replacement_characters() => Assert.Equal("a\uFFFDb", Line([(byte)'a', 0xff, (byte)'b']).Line);

    [Fact]
    public void The_fields_of_a_JSON_object_are_reached_whatever_their_case()
    {
        var json = Line("""  {"level":"warn","Request":{"path":"/a","ms":12.5},"tags":["x"],"msg":"say \"hi\""} """).Json;
        Assert.NotNull(json);
        Assert.Equal("warn", json["LEVEL"]);
        Assert.Equal(("/a", 12.5), (((KubeMap)json["request"]!)["path"], ((KubeMap)json["request"]!)["ms"]));
        Assert.Equal("say \"hi\"", json["msg"]);
        Assert.Null(json["absent"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("plain text")]
    [InlineData("[1,2]")]
    [InlineData("12")]
    [InlineData("{not json}")]
    [InlineData("""{"cut":"off""")]
    [InlineData("""{"a":1} and more""")]
    [InlineData("""{"a":1,}""")]
    public void What_is_no_JSON_object_has_no_fields(string text)
    {
        var line = Line(text);
        Assert.Null(line.Json);
        Assert.Null(line.Json);
        Assert.Equal(text, line.Line);
    }

    [Fact]
    public void What_is_no_text_in_a_field_or_its_name_becomes_the_replacement_character()
    {
        var line = Line("""{"half":"a\ud800b","\udc00":1}""");

        Assert.Equal("a\uFFFDb", line.Json!["half"]);
        Assert.Equal(["half", "\uFFFD"], line.Json.Keys);
    }

    [Fact]
    public void No_line_that_a_container_writes_is_an_exception()
    {
        foreach (var (what, json) in HostileJson.Of("""{"level":"info","request":{"path":"/x"},"n":1}"""))
        {
            var line = Line(json);
            HostileJson.AssertWhole(line.Line);
            Assert.True(line.Json is null || line.Json.Keys.Count > 0, what);
        }
    }

    [Fact]
    public void Fields_are_parsed_once()
    {
        var line = Line("""{"a":1}""");
        Assert.Same(line.Json, line.Json);
    }

    private static KubeLogLine Line(string text) => Line(Encoding.UTF8.GetBytes(text));

    private static KubeLogLine Line(byte[] text) => new(new LogSource(Sample.Cluster, "shop", "web-1", "app"), 1769860800_123456789, text);
}
