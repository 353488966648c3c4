using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>Two custom kinds, as an add-on and the company's own platform define them, with a few objects.</summary>
internal static class CustomData
{
    private const string Certificates = """
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "certificates.cert-manager.io" },
          "spec": {
            "group": "cert-manager.io", "scope": "Namespaced", "conversion": { "strategy": "None" },
            "names": { "kind": "Certificate", "listKind": "CertificateList", "plural": "certificates", "singular": "certificate", "shortNames": [ "cert", "certs" ], "categories": [ "cert-manager" ] },
            "versions": [ { "name": "v1", "served": true, "storage": true, "subresources": { "status": {} },
              "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } },
              "additionalPrinterColumns": [
                { "name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status" },
                { "name": "Secret", "type": "string", "jsonPath": ".spec.secretName" },
                { "name": "Issuer", "type": "string", "jsonPath": ".spec.issuerRef.name", "priority": 1 },
                { "name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp" }
              ] } ]
          },
          "status": { "conditions": [ { "type": "Established", "status": "True", "reason": "InitialNamesAccepted" } ], "acceptedNames": { "kind": "Certificate", "plural": "certificates" }, "storedVersions": [ "v1" ] }
        }
        """;

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
        foreach (var definition in new[] { Certificates, Widgets })
        {
            var json = JsonNode.Parse(definition)!.AsObject();
            json["metadata"]!["creationTimestamp"] = Timestamp.Of(now.AddDays(-380));
            store.Add(json);
        }
        foreach (var app in new[] { "storefront", "api-gateway" })
        {
            store.Add($$$"""
                {
                  "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "{{{app}}}", "namespace": "web", "creationTimestamp": "{{{Timestamp.Of(now.AddDays(-40))}}}" },
                  "spec": { "secretName": "{{{app}}}-tls", "dnsNames": [ "{{{app}}}.example.com" ], "issuerRef": { "name": "letsencrypt", "kind": "ClusterIssuer" } },
                  "status": { "conditions": [ { "type": "Ready", "status": "{{{(app == "storefront" ? "True" : "False")}}}" } ], "notAfter": "{{{Timestamp.Of(now.AddDays(50))}}}" }
                }
                """);
        }
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
