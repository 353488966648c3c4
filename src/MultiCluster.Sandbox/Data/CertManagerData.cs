using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>
/// The kinds of cert-manager, and certificates: one that is well; and where there is work, one that was never issued, and one that should have been
/// renewed weeks ago.
/// </summary>
internal static class CertManagerData
{
    private const string ReadyColumn = """{ "name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status" }""";
    private const string StatusColumn = """{ "name": "Status", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message", "priority": 1 }""";
    private const string AgeColumn = """{ "name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp" }""";

    public static void Add(ClusterStore store, bool isBusy)
    {
        var now = store.Time.GetUtcNow();
        Define(store, "Certificate", "\"cert\",\"certs\"", "Namespaced", """{ "name": "Secret", "type": "string", "jsonPath": ".spec.secretName" }, { "name": "Issuer", "type": "string", "jsonPath": ".spec.issuerRef.name", "priority": 1 }""");
        Define(
            store,
            "CertificateRequest",
            "\"cr\",\"crs\"",
            "Namespaced",
            """
            { "name": "Approved", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Approved\")].status" }, { "name": "Denied", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Denied\")].status" },
            { "name": "Issuer", "type": "string", "jsonPath": ".spec.issuerRef.name" }, { "name": "Requester", "type": "string", "jsonPath": ".spec.username" }
            """);
        Define(store, "Issuer", "", "Namespaced", null);
        Define(store, "ClusterIssuer", "", "Cluster", null);

        AddCertificate(store, "storefront", now, "True", "Ready", "Certificate is up to date and has not expired", now.AddDays(50));
        if (!isBusy)
        {
            AddCertificate(store, "api-gateway", now, "True", "Ready", "Certificate is up to date and has not expired", now.AddDays(50));
            return;
        }

        AddCertificate(store, "api-gateway", now, "False", "DoesNotExist", "Issuing certificate as Secret does not exist", null);
        AddCertificate(store, "image-resizer", now, "True", "Ready", "Certificate is up to date and has not expired", now.AddDays(6));
        AddRequest(store, "storefront-1", now, "True", "Certificate fetched from issuer successfully");
        AddRequest(store, "api-gateway-1", now, "False", "Waiting on certificate issuance from order web/api-gateway-1-2738492: \"pending\"");
        AddIssuer(store, "ClusterIssuer", null, "letsencrypt", now, """ "acme": { "server": "https://acme-v02.api.example.org/directory", "email": "ops@example.com" } """, "The ACME account was registered with the ACME server");
        AddIssuer(store, "Issuer", "web", "internal", now, """ "ca": { "secretName": "internal-ca" } """, "Signing CA verified");
    }

    private static void Define(ClusterStore store, string kind, string shortNames, string scope, string? columns)
    {
        var (singular, plural) = (kind.ToLowerInvariant(), $"{kind.ToLowerInvariant()}s");
        store.Add($$"""
            {
              "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "{{plural}}.cert-manager.io", "creationTimestamp": "{{Timestamp.Of(store.Time.GetUtcNow().AddDays(-380))}}" },
              "spec": {
                "group": "cert-manager.io", "scope": "{{scope}}", "conversion": { "strategy": "None" },
                "names": { "kind": "{{kind}}", "listKind": "{{kind}}List", "plural": "{{plural}}", "singular": "{{singular}}", "shortNames": [ {{shortNames}} ], "categories": [ "cert-manager" ] },
                "versions": [ { "name": "v1", "served": true, "storage": true, "subresources": { "status": {} },
                  "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } },
                  "additionalPrinterColumns": [ {{string.Join(", ", new[] { ReadyColumn, columns, StatusColumn, AgeColumn }.OfType<string>())}} ] } ]
              },
              "status": { "conditions": [ { "type": "Established", "status": "True", "reason": "InitialNamesAccepted" } ], "acceptedNames": { "kind": "{{kind}}", "plural": "{{plural}}" }, "storedVersions": [ "v1" ] }
            }
            """);
    }

    private static void AddCertificate(ClusterStore store, string app, DateTimeOffset now, string ready, string reason, string message, DateTimeOffset? end)
    {
        var times = end is { } to ? $"\"notBefore\": \"{Timestamp.Of(to.AddDays(-90))}\", \"notAfter\": \"{Timestamp.Of(to)}\", \"renewalTime\": \"{Timestamp.Of(to.AddDays(-30))}\", \"revision\": 1," : "";
        store.Add($$"""
            {
              "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "{{app}}", "namespace": "web", "creationTimestamp": "{{Timestamp.Of(now.AddDays(-40))}}", "generation": 1 },
              "spec": { "secretName": "{{app}}-tls", "dnsNames": [ "{{app}}.example.com" ], "issuerRef": { "name": "letsencrypt", "kind": "ClusterIssuer" } },
              "status": { {{times}} "conditions": [ {{Condition("Ready", ready, reason, message, now.AddDays(-2))}} ] }
            }
            """);
    }

    private static void AddRequest(ClusterStore store, string name, DateTimeOffset now, string ready, string message) => store.Add($$"""
        {
          "apiVersion": "cert-manager.io/v1", "kind": "CertificateRequest", "metadata": { "name": "{{name}}", "namespace": "web", "creationTimestamp": "{{Timestamp.Of(now.AddDays(-2))}}", "annotations": { "cert-manager.io/certificate-name": "{{name[..^2]}}" } },
          "spec": { "request": "LS0t", "issuerRef": { "name": "letsencrypt", "kind": "ClusterIssuer" }, "username": "system:serviceaccount:cert-manager:cert-manager" },
          "status": { "conditions": [ {{Condition("Approved", "True", "cert-manager.io", "Certificate request has been approved by cert-manager.io", now.AddDays(-2))}}, {{Condition("Ready", ready, ready == "True" ? "Issued" : "Pending", message, now.AddDays(-2))}} ] }
        }
        """);

    private static void AddIssuer(ClusterStore store, string kind, string? ns, string name, DateTimeOffset now, string spec, string message) => store.Add($$"""
        {
          "apiVersion": "cert-manager.io/v1", "kind": "{{kind}}", "metadata": { "name": "{{name}}", {{(ns is null ? "" : $"\"namespace\": \"{ns}\",")}} "creationTimestamp": "{{Timestamp.Of(now.AddDays(-380))}}" },
          "spec": { {{spec}} },
          "status": { "conditions": [ {{Condition("Ready", "True", "IsReady", message, now.AddDays(-380))}} ] }
        }
        """);

    private static string Condition(string type, string status, string reason, string message, DateTimeOffset since) => new JsonObject
    {
        ["type"] = type,
        ["status"] = status,
        ["reason"] = reason,
        ["message"] = message,
        ["lastTransitionTime"] = Timestamp.Of(since),
        ["observedGeneration"] = 1,
    }.ToJsonString();
}
