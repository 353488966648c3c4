using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>A custom kind, as the company's own platform defines it, with a few objects.</summary>
internal static class CustomData
{
    private const string Widgets = """
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "widgets.example.com" },
          "spec": {
            "group": "example.com", "scope": "Namespaced", "conversion": { "strategy": "None" },
            "names": { "kind": "Widget", "listKind": "WidgetList", "plural": "widgets", "singular": "widget", "shortNames": [ "wd" ] },
            "versions": [
              { "name": "v1", "served": true, "storage": true, "subresources": { "status": {}, "scale": { "specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas" } },
                "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } },
                "additionalPrinterColumns": [
                  { "name": "Replicas", "type": "integer", "jsonPath": ".spec.replicas" },
                  { "name": "Paused", "type": "boolean", "jsonPath": ".spec.paused" },
                  { "name": "Color", "type": "string", "jsonPath": ".spec.color", "description": "The color" },
                  { "name": "Checked", "type": "date", "jsonPath": ".status.lastChecked" }
                ] },
              { "name": "v1beta1", "served": true, "storage": false, "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } }
            ]
          },
          "status": { "conditions": [ { "type": "Established", "status": "True", "reason": "InitialNamesAccepted" } ], "acceptedNames": { "kind": "Widget", "plural": "widgets" }, "storedVersions": [ "v1" ] }
        }
        """;

    public static void Add(ClusterStore store)
    {
        var now = store.Time.GetUtcNow();
        var definition = JsonNode.Parse(Widgets)!.AsObject();
        definition["metadata"]!["creationTimestamp"] = Timestamp.Of(now.AddDays(-380));
        store.Add(definition);
        string[] colors = ["red", "green", "blue"];
        for (var i = 0; i < colors.Length; i++)
        {
            store.Add($$$"""
                {
                  "apiVersion": "example.com/v1", "kind": "Widget", "metadata": { "name": "widget-{{{i + 1}}}", "namespace": "default", "labels": { "color": "{{{colors[i]}}}" }, "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-3))}}}" },
                  "spec": { "replicas": {{{i + 1}}}, "paused": {{{(i == 0 ? "true" : "false")}}}, "color": "{{{colors[i]}}}" },
                  "status": { "replicas": {{{i + 1}}}, "lastChecked": "{{{Timestamp.Of(now.AddMinutes(-7))}}}" }
                }
                """);
        }
    }
}
