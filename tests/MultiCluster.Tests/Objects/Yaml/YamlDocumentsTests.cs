using System.Globalization;
using System.Text;
using System.Text.Json;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Tests.Objects.Yaml;

public sealed class YamlDocumentsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("# a comment\n", "")]
    [InlineData("---\n---\n# x\n---\n", "")]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: 1\n---\nb: 2\n", """{"a":1} {"b":2}""")]
    [InlineData("--- # first\na: 1\n--- # second\nb: 2\n...\n", """{"a":1} {"b":2}""")]
    [InlineData("a: 1\n...\n---\n...\n---\nb: 2", """{"a":1} {"b":2}""")]
    [InlineData("%YAML 1.1\n---\na: 1\n", """{"a":1}""")]
    [InlineData("--- {a: 1}\n", """{"a":1}""")]
    [InlineData("\uFEFFa: 1\n", """{"a":1}""")]
    [InlineData("a: 1\r\nb: |\r\n  x\r\n  y\r\n", """{"a":1,"b":"x\ny\n"}""")]
    [InlineData("a:\t1\n", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1}{"b":2}""", """{"a":1} {"b":2}""")]
    [InlineData("{\"a\":1}\n\n{\"b\":2}\n", """{"a":1} {"b":2}""")]
    [InlineData("{\"a\":\"\\ud83d\\ude00\\/\"}", """{"a":"\uD83D\uDE00/"}""")]
    [InlineData("{\"a\":1}\n---\nb: 2\n", """{"a":1} {"b":2}""")]
    [InlineData("{a: 1, b: [x]}\n", """{"a":1,"b":["x"]}""")]
    [InlineData("{\"a\": 1,}\n---\n{\"b\": 2}", """{"a":1} {"b":2}""")]
    [InlineData("{\n\t\"a\": 1\n}\n---\nb: ${VAR}\n", """{"a":1} {"b":"${VAR}"}""")]
    [InlineData("b: \"{{ x }}\"\n", """{"b":"{{ x }}"}""")]
    [InlineData("? a\n: 1\n? b\n", """{"a":1,"b":null}""")]
    [InlineData("[a: 1, b]", """[{"a":1},"b"]""")]
    [InlineData("text", "\"text\"")]
    [InlineData("z: 1\nw: 2\nx: 3\n", """{"z":1,"w":2,"x":3}""")]
    public void Documents_become_JSON_and_empty_ones_are_left_out(string text, string expected) => Assert.Equal(expected, string.Join(' ', Read(text)));

    [Theory]
    [InlineData("- &a 1\n- &a 2\n- *a", "[1,2,2]")]
    [InlineData("a: &x {b: 1}\nc: *x\n", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("&k a: *k", """{"a":"a"}""")]
    [InlineData("<<: {a: 2}\na: 1", """{"a":1}""")]
    [InlineData("a: 1\n<<: {a: 2}", """{"a":2}""")]
    [InlineData("<<: [{a: 2}, {a: 3, b: 1}]", """{"a":2,"b":1}""")]
    [InlineData("\"<<\": {a: 2}", """{"<<":{"a":2}}""")]
    [InlineData("!!merge <<: {a: 1}", """{"a":1}""")]
    [InlineData("<<: {a: 2}\n<<: {b: 3}", """{"a":2,"b":3}""")]
    [InlineData("<<: {<<: {c: 1}, a: 2}", """{"a":2,"c":1}""")]
    public void Aliases_and_merge_keys_mean_what_kubectl_takes_them_for(string text, string expected) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(Assert.Single(Read(text))).RootElement), Read(text)[0]);

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", "3:1 the key \"a\" is there twice, first on line 1")]
    [InlineData("a:\n  \"1\": x\n  1: y\n", "3:3 the key \"1\" is there twice, first on line 2")]
    [InlineData("{\"a\":1,\n\"a\":2}", "2:1 the key \"a\" is there twice, first on line 1")]
    [InlineData("a: {~: 1}", "1:5 a key is null")]
    [InlineData("a:\n  [b]: 1", "2:3 a key is a mapping or a list")]
    [InlineData("a: .inf", "1:4 this number is infinite or none, and JSON has no word for it")]
    [InlineData("a: *b", "1:4 there is no anchor &b before this alias")]
    [InlineData("a: &b 1\n---\na: *b", "{\"a\":1} 3:4 there is no anchor &b before this alias")]
    [InlineData("a: &b [*b]", "1:8 the anchor &b contains itself")]
    [InlineData("<<: 1", "1:1 a merge key takes in something else than a mapping")]
    [InlineData("a: !secret x", "1:4 the tag !secret says nothing that JSON can")]
    [InlineData("a: b: c\n", "1:5 this is not valid YAML. While scanning a plain scalar value, found invalid mapping")]
    [InlineData("a: 1\n\tb: 2\n", "2:1 this is not valid YAML. While scanning a plain scalar, found a tab character that violate indentation")]
    [InlineData("a: 'x\n", "1:4 this is not valid YAML. While scanning a quoted scalar, found unexpected end of stream")]
    [InlineData("a: 1\n---\nb: [1\n---\nc: 3\n", "{\"a\":1} 4:1 this is not valid YAML. While parsing a flow sequence, did not find expected ',' or ']' {\"c\":3}")]
    [InlineData("a: \"x\n---\nb: 1", "1:4 this is not valid YAML. While scanning a quoted scalar, found unexpected document indicator {\"b\":1}")]
    [InlineData("a: 1\na: 2\n---\nb: 2", "2:1 the key \"a\" is there twice, first on line 1 {\"b\":2}")]
    public void What_is_wrong_is_told_with_its_place_and_the_other_documents_are_read(string text, string expected) => Assert.Equal(expected, string.Join(' ', Read(text)));

    [Theory]
    [InlineData("a: {{ .Values.x }}\n", "1:4")]
    [InlineData("a:\n  b: {{ x }}-web\n", "2:6")]
    [InlineData("{{- if .Values.x }}\na: 1\n{{- end }}\n", "1:1")]
    [InlineData("a: 1\n{{- with .Values.y }}\nb: 2\n{{- end }}\n", "2:1")]
    [InlineData("{% if x %}\na: 1\n{% endif %}\n", "1:1")]
    [InlineData("labels:\n  {{- include \"a\" . | nindent 4 }}\n", "2:3")]
    [InlineData("a:\n- {{ x }}\n", "2:3")]
    public void A_template_that_nobody_has_rendered_says_that_it_is_one(string text, string place) =>
        Assert.Equal($"{place} this is a template: what stands in {{{{ }}}} or {{% %}} has not been filled in", Assert.Single(Read(text)));

    [Fact]
    public void Braces_in_a_block_of_text_make_no_template_of_a_file_that_is_wrong_elsewhere() =>
        Assert.DoesNotContain("template", Assert.Single(Read("a: |\n  {{ $labels.x }}\nb: 1\nc: d: e\n")), StringComparison.Ordinal);

    [Fact]
    public void A_billion_laughs_are_refused_and_the_next_document_is_read()
    {
        var text = new StringBuilder("a0: &a0 [lol]\n");
        for (var i = 1; i < 30; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");

        Assert.Equal(["the aliases up to here stand for more than an object can hold", """{"b":1}"""], Read($"{text}---\nb: 1").Select(WithoutPlace));
    }

    [Fact]
    public void Merge_keys_that_double_each_time_are_refused()
    {
        var text = new StringBuilder("a0: &a0 {x: 1}\n");
        for (var i = 1; i < 60; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n");

        Assert.Equal("the aliases up to here stand for more than an object can hold", WithoutPlace(Assert.Single(Read(text.ToString()))));
    }

    [Fact]
    public void A_long_text_that_is_named_over_and_over_is_refused() =>
        Assert.Equal(
            "the aliases up to here stand for more than an object can hold",
            WithoutPlace(Assert.Single(Read($"a: &a {new string('x', 1_000_000)}\nb: [{string.Join(',', Enumerable.Repeat("*a", 20_000))}]"))));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void What_is_nested_too_deep_is_refused_and_the_next_document_is_read(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 600)) + string.Concat(Enumerable.Repeat(close, 600));

        Assert.Equal(["this is nested deeper than 500 levels", """{"b":1}"""], Read($"{text}\n---\nb: 1").Select(WithoutPlace));
    }

    [Fact]
    public void Aliases_that_nest_too_deep_are_refused()
    {
        var text = new StringBuilder("a0: &a0 [1]\n");
        for (var i = 1; i < 5_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");
        // Each is replaced by the next, so that only the last is looked at.
        var merges = new StringBuilder("<<: {a: &a0 {x: 1}}\n");
        for (var i = 1; i < 5_000; i++)
            merges.Append(CultureInfo.InvariantCulture, $"<<: {{a: &a{i} {{<<: *a{i - 1}}}}}\n");

        Assert.StartsWith("what the aliases stand for is nested deeper than 500", WithoutPlace(Assert.Single(Read(text.ToString()))), StringComparison.Ordinal);
        Assert.StartsWith("mappings take in each other over more than 500", WithoutPlace(Assert.Single(Read(merges.ToString()))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_knows_its_number_and_where_it_begins()
    {
        var documents = YamlDocuments.Read("# first\na: 1\n---\n---\n\n  b: 2\n", TestContext.Current.CancellationToken);

        Assert.Equal([(1, new TextPlace(2, 1)), (2, new TextPlace(4, 1))], documents.Select(static document => (document.Number, document.Place)));
    }

    [Fact]
    public void A_list_of_many_keys_is_looked_through_for_doubles_too()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1000; i++)
            text.Append(CultureInfo.InvariantCulture, $"k{i}: {i}\n");

        Assert.Equal("1001:1 the key \"k500\" is there twice, first on line 501", Assert.Single(Read($"{text}k500: x")));
    }

    private static List<string> Read(string text)
    {
        var read = new List<string>();
        foreach (var document in YamlDocuments.Read(text))
        {
            try
            {
                if (document.Problem is { } problem)
                    throw problem;
                read.Add(Encoding.UTF8.GetString(new YamlJson().Of(document.Root!)));
            }
            catch (YamlProblemException e)
            {
                Assert.NotEmpty(e.Advice);
                read.Add($"{e.Place} {e.Message}");
            }
        }

        return read;
    }

    private static string WithoutPlace(string text) => char.IsAsciiDigit(text[0]) ? text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..] : text;
}
