using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Objects.Json;

namespace MultiCluster.Tests.Objects.Json;

public sealed class ContainerScanTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"a":{"b":[1,2,{"c":"}"}]}}""")]
    [InlineData("""["\\","\\\"]","\"","{[","\\\\"]""")]
    [InlineData("""{"a":"0123456789012345678901234567890123456789012345678901234567\\"}""")]
    [InlineData("""{"a":"01234567890123456789012345678901234567890123456789012345678\\"}""")]
    [InlineData("""{"a":"0123456789012345678901234567890123456789012345678901234567\"}"}""")]
    public void The_end_is_found_whatever_follows(string container)
    {
        var json = Encoding.UTF8.GetBytes(container + """,{"next":"]}"}]}""");
        Assert.Equal(Encoding.UTF8.GetByteCount(container), ContainerScan.LengthOf(json));
    }

    [Fact]
    public void Every_random_document_is_as_long_as_a_full_parser_says()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var json = Encoding.UTF8.GetBytes(Document(random, 4).ToJsonString());
            var reader = new Utf8JsonReader(json);
            reader.Read();
            reader.Skip();
            Assert.Equal((int)reader.BytesConsumed, ContainerScan.LengthOf([.. json, .. ",{\"x\":1}"u8]));
        }
    }

    [Fact]
    public void A_document_that_arrives_byte_by_byte_ends_where_it_ends_at_once()
    {
        var random = new Random(11);
        for (var i = 0; i < 50; i++)
        {
            var json = Encoding.UTF8.GetBytes(Document(random, 4).ToJsonString());
            var scan = default(ContainerScan);
            for (var arrived = 1; arrived < json.Length; arrived++)
                Assert.Equal(-1, scan.Find(json.AsSpan(0, arrived)));
            Assert.Equal(json.Length, scan.Find(json));
        }
    }

    [Fact]
    public void A_document_without_its_end_has_no_length() =>
        Assert.Equal(-1, ContainerScan.LengthOf("""{"a":"}"""u8));

    private static JsonObject Document(Random random, int depth)
    {
        var root = new JsonObject();
        for (var i = random.Next(1, 6); i > 0; i--)
            root[Text(random)] = Value(random, depth);
        return root;
    }

    private static JsonNode Value(Random random, int depth) => (depth == 0 ? 2 : random.Next(5)) switch
    {
        0 => Document(random, depth - 1),
        1 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1))]),
        2 or 3 => JsonValue.Create(Text(random)),
        _ => JsonValue.Create(random.Next()),
    };

    private static string Text(Random random)
    {
        const string Letters = "ab{}[]\"\\\\\\\n:,é";
        var text = new StringBuilder();
        for (var i = random.Next(0, 40); i > 0; i--)
            text.Append(Letters[random.Next(Letters.Length)]);
        return text.ToString();
    }
}
