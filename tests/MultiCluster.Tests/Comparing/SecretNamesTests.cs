using System.Text.Json.Nodes;
using MultiCluster.Comparing;

namespace MultiCluster.Tests.Comparing;

public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("""{"auth":{"username":"u","enabled":true}}""", """{"auth":{"username":"#","enabled":true}}""")]
    [InlineData("""{"adminPassword":"p","dbPasswd":"p","pass":"p","PWD":"p"}""", """{"adminPassword":"#","dbPasswd":"#","pass":"#","PWD":"#"}""")]
    [InlineData("""{"apiKey":"k","private_key":"k","sshKey":12,"key":"k"}""", """{"apiKey":"#","private_key":"#","sshKey":"#","key":"#"}""")]
    [InlineData("""{"extraSecrets":[{"a":["x",1]}]}""", """{"extraSecrets":[{"a":["#","#"]}]}""")]
    [InlineData("""{"env":[{"name":"DB_PASSWORD","value":"p"},{"name":"LEVEL","value":"info"}]}""", """{"env":[{"name":"DB_PASSWORD","value":"#"},{"name":"LEVEL","value":"info"}]}""")]
    [InlineData("""{"url":"postgres://u:p@db/x","tls":"-----BEGIN EC PRIVATE KEY-----\nMA==","home":"https://shop.example.com:8443/a@b"}""", """{"url":"#","tls":"#","home":"https://shop.example.com:8443/a@b"}""")]
    public void What_is_called_secret_is_hidden(string values, string hidden) => Assert.Equal(hidden, Hidden(values));

    [Theory]
    [InlineData("""{"replicaCount":3,"image":{"tag":"1.2"},"keyboard":"de","monkey":1,"passive":true,"author":"ann","list":["a"],"none":null}""")]
    public void The_rest_stays(string values) => Assert.Equal(values, Hidden(values));

    private static string Hidden(string values)
    {
        var tree = JsonNode.Parse(values)!;
        SecretNames.Hide(tree, static _ => "#");
        return tree.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
