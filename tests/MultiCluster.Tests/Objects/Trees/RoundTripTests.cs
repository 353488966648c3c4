using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Manifests;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Trees;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Tests.Objects.Trees;

/// <summary>JSON to YAML and back, as it is and by way of a plain tree, loses nothing.</summary>
public sealed partial class RoundTripTests
{
    private static readonly string[] Nasty =
    [
        "", " ", "\n", "\n\n", "a\n", "a\nb", " a\nb", "a\n ", "\ta", "a\r\nb", "yes", "No", "on", "y", "n", "null", "~", "true", "FALSE", "=", "<<", "0", "-0", "007", "0o17", "0x1F", "0b1", "1_000",
        "1.50", ".5", "5.", "1e3", ".inf", "-.INF", ".nan", "12:30", "2026-01-02", "- a", "-", "---", "--- a", "...", "? a", ": a", "a: b", "a #b", "#a", "[a", "{a", "{{ x }}", "${VAR}", "&a", "*a", "!a", "!!str a", "%a",
        "@a", "`a", "|", ">-", "'a'", "\"a\"", "it's", "a\\b", "\u0000\u001b[31m", "\u0085\u2028\u2029\ufeff", "\u202e", "ünïcödé 中文", "🚀\n🚀", "0 */2 * * *", "a\tb", "a ", "x\n---\ny: 1\n",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "123456789012345678901234567890", "1.5", "-0.25", "1.10", "1e3", "1E-7", "2.5e+20", "0.1000000000000000055", "1e21", "12345678.5",
    ];

    [Fact]
    public void Random_objects_come_back_as_they_were()
    {
        var random = new Random(20261128);
        for (var round = 0; round < 1_500; round++)
        {
            var json = new StringBuilder();
            Object(random, json, 6);
            AssertComesBack(json.ToString());
        }
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"a":"1","A":"2"}}""")]
    [InlineData("""{"a":{},"b":[],"c":[[]],"d":[{}],"e":null,"f":[null],"":1}""")]
    [InlineData("""[1,[2,[3]],{"a":[{"b":null}]}]""")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    public void A_value_comes_back_as_it_was(string json) => AssertComesBack(json);

    [Fact]
    public void A_value_that_is_nested_deep_comes_back()
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":[", 200)) + "1" + string.Concat(Enumerable.Repeat("]}", 200));

        Assert.Equal(json, Encoding.UTF8.GetString(TreeJson.Of(PlainTree.OfDocument(Read(KubeYamlWriter.Write(Slice(json)))))));
    }

    private static void AssertComesBack(string json)
    {
        var yaml = KubeYamlWriter.Write(Slice(json));
        var read = Read(yaml);
        var tree = PlainTree.OfDocument(read);
        var fromTree = TreeJson.Of(tree);

        AssertSame(json, read, yaml);
        AssertSame(json, fromTree, yaml);
        AssertSame(json, Read(KubeYamlWriter.Write(tree)), yaml);
        AssertSame(json, Read(json), json);
        AssertSame(json, TreeJson.Of(Slice(json)), json);
        Assert.Equal(WithoutNumbers(read), WithoutNumbers(fromTree)); // members keep their order
    }

    private static void AssertSame(string expected, byte[] actual, string how)
    {
        using var one = JsonDocument.Parse(expected, new() { MaxDepth = 1000 });
        using var other = JsonDocument.Parse(actual, new() { MaxDepth = 1000 });
        Assert.True(JsonElement.DeepEquals(one.RootElement, other.RootElement), $"{expected}\n{how}\n{Encoding.UTF8.GetString(actual)}");
    }

    /// <summary>1.10 and 1.1 are one number in two writings.</summary>
    private static string WithoutNumbers(byte[] json) => Number().Replace(Encoding.UTF8.GetString(json), "#");

    [GeneratedRegex(@"\d[\d.]*([eE][-+]?\d+)?")]
    private static partial Regex Number();

    private static byte[] Read(string text)
    {
        var document = Assert.Single(ObjectDocuments.Read(text, "test.yaml", CancellationToken.None));
        Assert.True(document.Fault is null, $"{document.Fault}\n{text}");
        return document.Json!;
    }

    private static JsonSlice Slice(string json) => new(Encoding.UTF8.GetBytes(json), 0);

    private static void Value(Random random, StringBuilder json, int depth)
    {
        switch (random.Next(depth > 0 ? 8 : 4))
        {
            case 0 or 1:
                json.Append(JsonValue.Create(Text(random)).ToJsonString());
                break;
            case 2:
                json.Append(random.Next(3) == 0 ? random.Next(-1000, 100_000).ToString(CultureInfo.InvariantCulture) : Numbers[random.Next(Numbers.Length)]);
                break;
            case 3:
                json.Append(random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" });
                break;
            case 4 or 5:
                json.Append('[');
                for (var count = random.Next(4); count > 0; count--)
                {
                    Value(random, json, depth - 1);
                    json.Append(count > 1 ? "," : "");
                }

                json.Append(']');
                break;
            default:
                Object(random, json, depth - 1);
                break;
        }
    }

    private static void Object(Random random, StringBuilder json, int depth)
    {
        json.Append('{');
        var names = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Text(random)).Distinct(StringComparer.Ordinal).ToArray();
        for (var at = 0; at < names.Length; at++)
        {
            json.Append(at > 0 ? "," : "").Append(JsonValue.Create(names[at]).ToJsonString()).Append(':');
            Value(random, json, depth);
        }

        json.Append('}');
    }

    private static string Text(Random random)
    {
        if (random.Next(2) == 0)
            return Nasty[random.Next(Nasty.Length)];
        const string Alphabet = " \n\t:#-?,[]{}&*!|>'\"%@`=<~.\\abAB01_+eEé\u2028";
        var text = new StringBuilder();
        for (var length = random.Next(14); length > 0; length--)
            text.Append(random.Next(20) == 0 ? "🚀" : Alphabet[random.Next(Alphabet.Length)].ToString());
        return text.ToString();
    }
}
