using System.Text.Json;

namespace MultiCluster.Tests.Kubeconfig;

/// <summary>Kubeconfigs for tests.</summary>
internal static class Yaml
{
    /// <summary>A kubeconfig with these contexts, each with a cluster and a user of its own name; the first is current.</summary>
    public static string Of(params string[] contexts) => $"""
        apiVersion: v1
        kind: Config
        current-context: "{contexts[0]}"
        clusters:
        {string.Join('\n', contexts.Select(Cluster))}
        users:
        {string.Join('\n', contexts.Select(c => $"- name: \"{c}\"\n  user:\n    token: token-of-{contexts.Length}"))}
        contexts:
        {string.Join('\n', contexts.Select(c => $"- name: \"{c}\"\n  context:\n    cluster: \"{c}\"\n    user: \"{c}\""))}
        """;

    /// <summary>A kubeconfig with the context <c>it</c> of this cluster and this user.</summary>
    public static string Json(object cluster, object user) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Config",
        ["clusters"] = new[] { new { name = "it", cluster } },
        ["users"] = new[] { new { name = "it", user } },
        ["contexts"] = new[] { new { name = "it", context = new { cluster = "it", user = "it" } } },
    });

    private static string Cluster(string context, int index) => $"- name: \"{context}\"\n  cluster:\n    server: https://10.0.0.{index + 1}:6443";
}
