using System.Text.Json.Nodes;
using MultiCluster.Manifests;

namespace MultiCluster.Tests.Changes.Editing;

/// <summary>Trees as they are written in these tests.</summary>
internal static class Trees
{
    /// <summary>The tree of YAML.</summary>
    public static JsonObject Of(string yaml) => (JsonObject)JsonNode.Parse(ObjectDocuments.Read(yaml, "test", CancellationToken.None).Single().Json!)!;
}
