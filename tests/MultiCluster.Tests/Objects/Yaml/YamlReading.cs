using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MultiCluster.Tests.Objects.Yaml;

/// <summary>
/// YAML to JSON by the strictest reading: a plain scalar that any YAML would take for another type than a text is that type,
/// whatever it was meant to be.
/// </summary>
internal static partial class YamlReading
{
    public static JsonNode? Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Read(Assert.Single(stream.Documents).RootNode);
    }

    private static JsonNode? Read(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(Key(pair.Key), Read(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Read)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode plain => Plain(plain.Value!),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static string Key(YamlNode node)
    {
        var key = Assert.IsType<YamlScalarNode>(node);
        if (key.Style == ScalarStyle.Plain)
            Assert.Equal(key.Value, Plain(key.Value!)?.GetValue<string>());
        return key.Value!;
    }

    private static JsonNode? Plain(string text)
    {
        if (text is "" or "~" || text.Equals("null", StringComparison.OrdinalIgnoreCase))
            return null;
        if (text is "true" or "false")
            return JsonValue.Create(text == "true");
        Assert.DoesNotMatch(Ambiguous(), text);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? JsonNode.Parse(text)
            : JsonValue.Create(text);
    }

    // The types of YAML 1.1 (yaml.org/type) that are not JSON's.
    [GeneratedRegex(
        @"^(y|n|yes|no|on|off|true|false|=|<<|[-+]?\.(inf|nan)|[-+]?(0x[0-9a-f_]+|0b[01_]+|0o?[0-9_]+)|\+[0-9.][-+0-9_.e]*|[-+]?[0-9][0-9_]*_[0-9_]*|[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"
        + @"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Ambiguous();
}
