using System.Collections;
using System.Collections.Specialized;
using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Yaml;

namespace MultiCluster.Tests.Objects.Yaml;

public sealed class KubeYamlWriterTests
{
    private const string ConfigMap = """
        {"metadata":{"annotations":{"note":"a: b"},"creationTimestamp":"2026-01-02T03:04:05Z","generation":3,"labels":{"app":"web","on":"yes"},
          "managedFields":[{"manager":"kubectl","operation":"Update"}],"name":"web","namespace":"shop","resourceVersion":"41","selfLink":"/x","uid":"123e4567"},
         "status":{"seen":true},"data":{"app.conf":"port=80\nhost=web\n","script":"echo 1\necho 2","empty":""},"spec":{"replicas":2,"args":[],"env":{}}}
        """;

    [Fact]
    public void An_object_reads_as_people_write_it()
    {
        Assert.Equal(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web
              namespace: shop
              labels:
                app: web
                "on": "yes"
              annotations:
                note: 'a: b'
              creationTimestamp: "2026-01-02T03:04:05Z"
              generation: 3
              resourceVersion: "41"
              selfLink: /x
              uid: "123e4567"
            spec:
              replicas: 2
              args: []
              env: {}
            data:
              app.conf: |
                port=80
                host=web
              script: |-
                echo 1
                echo 2
              empty: ""
            status:
              seen: true

            """.ReplaceLineEndings("\n"),
            KubeYamlWriter.Write(Object(ConfigMap)));
    }

    [Fact]
    public void What_only_the_server_writes_can_be_left_out()
    {
        var yaml = YamlReading.Read(KubeYamlWriter.Write(Object(ConfigMap), new KubeYamlOptions { DropServerFields = true }))!;

        Assert.Equal(["apiVersion", "kind", "metadata", "spec", "data"], yaml.AsObject().Select(member => member.Key));
        Assert.Equal(["name", "namespace", "labels", "annotations"], yaml["metadata"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void Managed_fields_stay_when_asked_for()
    {
        var yaml = KubeYamlWriter.Write(Object(ConfigMap), new KubeYamlOptions { KeepManagedFields = true });

        Assert.Contains("managedFields:\n  - manager: kubectl", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_called_status_or_managedFields_further_down_is_untouched()
    {
        var yaml = KubeYamlWriter.Write(
            Object("""{"metadata":{"name":"a"},"spec":{"status":1,"metadata":{"managedFields":[],"uid":"u"}}}"""),
            new KubeYamlOptions { DropServerFields = true });

        Assert.Contains("  status: 1\n  metadata:\n    managedFields: []\n    uid: u\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void The_items_of_a_list_are_objects_too()
    {
        var list = Slice("""{"items":[{"metadata":{"uid":"u","name":"a"},"kind":"Pod","apiVersion":"v1"}],"kind":"List","apiVersion":"v1"}""");

        Assert.Equal(
            "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n",
            KubeYamlWriter.Write(list, new KubeYamlOptions { DropServerFields = true }));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("a\n")]
    [InlineData("a\n\n")]
    [InlineData("a\nb")]
    [InlineData("\na")]
    [InlineData(" a\nb")]
    [InlineData("a\n  b\n c")]
    [InlineData("a\n   \nb")]
    [InlineData("a \nb ")]
    [InlineData("a\n ")]
    [InlineData("\ta\n\tb")]
    [InlineData("a\n\tb\n")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("a\tb")]
    [InlineData("tab\t")]
    [InlineData("# no comment\nx: 1")]
    [InlineData("---\na")]
    [InlineData("a\n---\nb\n...\n")]
    [InlineData("yes")]
    [InlineData("No")]
    [InlineData("ON")]
    [InlineData("off")]
    [InlineData("y")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("true")]
    [InlineData("TRUE")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("007")]
    [InlineData("0o17")]
    [InlineData("0x1F")]
    [InlineData("0b101")]
    [InlineData("1_000")]
    [InlineData("1.5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e3")]
    [InlineData("1E-3")]
    [InlineData("123e4567")]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData(".NaN")]
    [InlineData("12:30")]
    [InlineData("12:30:45")]
    [InlineData("190:20:30.15")]
    [InlineData("2026-01-02")]
    [InlineData("2026-1-2 3:04:05 +1")]
    [InlineData("2026-01-02T03:04:05Z")]
    [InlineData("1.20.2")]
    [InlineData("10.0.0.1")]
    [InlineData("100m")]
    [InlineData("1Gi")]
    [InlineData("- a")]
    [InlineData("-")]
    [InlineData("--- a")]
    [InlineData("...")]
    [InlineData("? a")]
    [InlineData(": a")]
    [InlineData("a: b")]
    [InlineData("a:")]
    [InlineData("a #b")]
    [InlineData("#a")]
    [InlineData("[a")]
    [InlineData("{a")]
    [InlineData("a, b]")]
    [InlineData("&a")]
    [InlineData("*a")]
    [InlineData("!a")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("'a'")]
    [InlineData("\"a\"")]
    [InlineData("it's")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("{\"a\":\"b\\n\"}\n")]
    [InlineData("\u0000\u0007\u001b[0m")]
    [InlineData("\u0085\u2028\u2029\ufeff")]
    [InlineData("a\u0085b\nc")]
    [InlineData("ünïcödé 中文")]
    [InlineData("🚀 launch")]
    [InlineData("🚀\nlaunch 🚀\n")]
    [InlineData("a\\b")]
    [InlineData("C:\\temp\\x")]
    public void Any_text_comes_back_as_that_text(string text)
    {
        var json = new JsonObject { ["a"] = text, ["list"] = new JsonArray(text, new JsonObject { ["b"] = text }) };
        if (text.Length > 0)
            json[text] = "key";
        json["last"] = text;

        RoundTrips(json);
        Assert.Equal(text, YamlReading.Read(KubeYamlWriter.Write(text))!.GetValue<string>());
    }

    [Fact]
    public void Random_texts_come_back()
    {
        var random = new Random(20260102);
        const string Alphabet = " \n\t:#-?,[]{}&*!|>'\"%@`=<~.\\ab01_+eEé\u2028🚀";
        for (var i = 0; i < 3000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(12); length > 0; length--)
            {
                var at = random.Next(Alphabet.Length - 1);
                text.Append(char.IsSurrogate(Alphabet[at]) ? "🚀" : Alphabet[at].ToString());
            }

            RoundTrips(new JsonObject { ["a"] = new JsonArray(text.ToString(), new JsonObject { ["k" + text] = text.ToString() }) });
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-12")]
    [InlineData("9223372036854775808")]
    [InlineData("1.50")]
    [InlineData("1e3")]
    [InlineData("1E5")]
    [InlineData("-2.5e-7")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[[],[[1,2],{}],{\"a\":[{\"b\":null}]}]")]
    public void Any_value_comes_back_as_that_value(string json) => RoundTrips(JsonNode.Parse($$"""{"a":{{json}}}""")!);

    [Theory]
    [InlineData("1e3", "1.0e+3")]
    [InlineData("1.5E-7", "1.5e-7")]
    [InlineData("12", "12")]
    public void Exponents_are_numbers_in_old_yaml_too(string json, string expected) =>
        Assert.Equal($"- {expected}\n", KubeYamlWriter.Write(Slice($"[{json}]")));

    [Fact]
    public void Names_versions_and_quantities_need_no_quotes() => Assert.Equal(
        "- 1.20.2\n- 10.0.0.1\n- 100m\n- 1Gi\n- nginx:1.27\n- /var/run\n- ünïcödé\n",
        KubeYamlWriter.Write(new List<string> { "1.20.2", "10.0.0.1", "100m", "1Gi", "nginx:1.27", "/var/run", "ünïcödé" }));

    [Fact]
    public void Schedules_are_quoted_as_everybody_does() => Assert.Equal(
        "schedule: \"0 */2 * * *\"\n",
        KubeYamlWriter.Write(new Hashtable { ["schedule"] = "0 */2 * * *" }));

    [Fact]
    public void Json_in_a_text_is_left_readable() => Assert.Equal(
        "a: '{\"b\":1}'\n",
        KubeYamlWriter.Write(new Hashtable { ["a"] = "{\"b\":1}" }));

    [Fact]
    public void Long_lines_are_not_folded()
    {
        var line = string.Join(' ', Enumerable.Repeat("word", 500));

        Assert.Equal($"a: {line}\n", KubeYamlWriter.Write(new Hashtable { ["a"] = line }));
        Assert.Equal($"a: '# {line}'\n", KubeYamlWriter.Write(new Hashtable { ["a"] = "# " + line }));
    }

    [Fact]
    public void Values_of_PowerShell_are_written_as_what_they_are()
    {
        var table = new OrderedDictionary
        {
            ["int"] = 1,
            ["double"] = 1.5,
            ["big"] = 1e300,
            ["flag"] = true,
            ["nothing"] = null,
            ["time"] = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            ["day"] = DayOfWeek.Friday,
            ["list"] = new ArrayList { 1, "1" },
            ["map"] = new Dictionary<string, object?> { ["a"] = null },
            [(object)7] = "seven",
        };

        Assert.Equal(
            "int: 1\ndouble: 1.5\nbig: 1.0e+300\nflag: true\nnothing: null\ntime: \"2026-01-02T03:04:05Z\"\nday: Friday\n"
            + "list:\n- 1\n- \"1\"\nmap:\n  a: null\n\"7\": seven\n",
            KubeYamlWriter.Write(table));
    }

    [Fact]
    public void A_map_read_from_an_object_is_written_alone() =>
        Assert.Equal("replicas: 2\nargs: []\nenv: {}\n", KubeYamlWriter.Write(Object(ConfigMap).Spec));

    [Fact]
    public void A_table_that_contains_itself_is_refused()
    {
        var table = new Hashtable();
        table["self"] = table;

        Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => KubeYamlWriter.Write(table)).Fault.Phase);
    }

    private static void RoundTrips(JsonNode json)
    {
        var yaml = KubeYamlWriter.Write(Slice(json.ToJsonString()));

        var read = YamlReading.Read(yaml);

        Assert.True(JsonNode.DeepEquals(json, read), $"{json.ToJsonString()}\n{yaml}\n{read?.ToJsonString()}");
    }

    private static JsonSlice Slice(string json) => new(Encoding.UTF8.GetBytes(json), 0);

    private static KubeObject Object(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var source = new ObjectSource
        {
            Cluster = ClusterIdentity.Of("/tmp/config", "test"),
            Kind = new ResourceKind { Group = "", Version = "v1", Kind = "ConfigMap", Plural = "configmaps", Namespaced = true },
            Time = TimeProvider.System,
        };
        return new(new ObjectContent(source, bytes, ItemIndex.OfObject(bytes)));
    }
}
