using System.Collections;
using System.Text;
using System.Text.Json;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class KubeSecretTests
{
    private const string Json = """
        {"metadata":{"name":"db","namespace":"shop","annotations":{
           "kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"password\":\"aHVudGVyMg==\"}}","team":"a"},"labels":{"app":"db"}},
         "type":"Opaque","data":{"password":"aHVudGVyMg==","empty":""},"immutable":true}
        """;

    [Fact]
    public void A_secret_has_kubectls_columns()
    {
        var secret = Sample.Read<KubeSecret>(Json);

        Assert.Equal(("Opaque", 2, true), (secret.Type, secret.DataCount, secret.Immutable));
    }

    [Fact]
    public void A_value_is_read_on_demand()
    {
        var secret = Sample.Read<KubeSecret>(Json);

        Assert.Equal(("hunter2", "aHVudGVyMg==", "aHVudGVyMg=="), (secret.GetValue("password"), secret.Data["password"], ((IDictionary)secret.Data)["PASSWORD"]));
        Assert.Equal("hunter2"u8.ToArray(), secret.GetBytes("password"));
        Assert.Null(secret.GetValue("none"));
        Assert.Contains("aHVudGVyMg==", secret.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_of_all_values_is_masked()
    {
        var data = Sample.Read<KubeSecret>(Json).Data;

        Assert.Equal("password: •••• (7 bytes), empty: •••• (0 bytes)", data.ToString());
        Assert.Equal(["password", "empty"], data.Keys);
        Assert.Equal("•••• (7 bytes)", data.Values.First());
        foreach (DictionaryEntry entry in (IDictionary)data)
            Assert.StartsWith("••••", (string?)entry.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_view_of_the_object_shows_holds_no_value()
    {
        var secret = Sample.Read<KubeSecret>(Json);

        var shown = new StringBuilder();
        foreach (var property in typeof(KubeSecret).GetProperties())
            shown.Append(property.GetValue(secret)).Append(JsonSerializer.Serialize(property.GetValue(secret))).AppendLine();

        Assert.DoesNotContain("aHVudGVyMg", shown.ToString(), StringComparison.Ordinal);
        Assert.Equal("a", secret.Annotations?["team"]);
        Assert.Equal("db", secret.Labels?["app"]);
    }

    [Fact]
    public void Metadata_alone_holds_no_value_either()
    {
        var secret = Sample.Read("v1", "Secret", Json, metadataOnly: true);

        Assert.IsType<KubeObject>(secret);
        Assert.DoesNotContain("aHVudGVyMg", $"{secret.Metadata}{secret.Annotations}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_without_entries_has_none()
    {
        var secret = Sample.Read<KubeSecret>("""{"metadata":{"name":"x"}}""");

        Assert.Equal((0, 0, null), (secret.DataCount, secret.Data.Count, secret.Data["x"]));
        Assert.Null(secret.Annotations);
    }
}
