using System.Text.Json.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox;

/// <summary>An API server that the contract is checked against.</summary>
public abstract class ContractServer : IAsyncLifetime
{
    private const string GadgetDefinition = """
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "gadgets.contract.example.com" },
          "spec": {
            "group": "contract.example.com", "scope": "Namespaced",
            "names": { "kind": "Gadget", "plural": "gadgets", "singular": "gadget", "shortNames": [ "gg" ] },
            "versions": [ {
              "name": "v1", "served": true, "storage": true,
              "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } },
              "additionalPrinterColumns": [
                { "name": "Size", "type": "integer", "jsonPath": ".spec.size" },
                { "name": "Color", "type": "string", "jsonPath": ".spec.color" },
                { "name": "Paused", "type": "boolean", "jsonPath": ".spec.paused" },
                { "name": "Ready", "type": "string", "jsonPath": ".spec.conditions[?(@.type==\"Ready\")].status" },
                { "name": "Checked", "type": "date", "jsonPath": ".spec.checked" }
              ]
            } ]
          }
        }
        """;

    private const string PartDefinition = """
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "parts.contract.example.com" },
          "spec": {
            "group": "contract.example.com", "scope": "Namespaced", "names": { "kind": "Part", "plural": "parts" },
            "versions": [ {
              "name": "v1", "served": true, "storage": true, "subresources": { "status": {} },
              "schema": { "openAPIV3Schema": { "type": "object", "properties": {
                "spec": { "type": "object", "properties": {
                  "size": { "type": "integer" },
                  "tags": { "type": "array", "items": { "type": "string" } },
                  "flags": { "type": "array", "x-kubernetes-list-type": "set", "items": { "type": "string" } },
                  "ports": { "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [ "name" ], "items": {
                    "type": "object", "required": [ "name" ], "properties": { "name": { "type": "string" }, "port": { "type": "integer" } } } },
                  "options": { "type": "object", "additionalProperties": { "type": "string" } },
                  "whole": { "type": "object", "x-kubernetes-map-type": "atomic", "additionalProperties": { "type": "string" } },
                  "free": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } },
                "status": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } } }
            } ]
          }
        }
        """;

    private readonly SemaphoreSlim _defining = new(1);
    private bool _hasParts;
    private int _namespaces;

    /// <summary>Why there is no such server here; null when there is.</summary>
    public virtual string? Missing => null;

    public ApiClient Admin { get; protected set; } = null!;

    /// <summary>A user who may not read Secrets.</summary>
    public ApiClient Limited { get; protected set; } = null!;

    public abstract string LimitedName { get; }

    public ApiClient BadToken { get; protected set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        await StartAsync();
        await DefineAsync("gadgets", "Gadget");
    }

    /// <summary>Defines a custom kind like Gadget, and waits until it is served.</summary>
    public async Task DefineAsync(string plural, string kind)
    {
        var definition = GadgetDefinition.Replace("gadget", plural[..^1], StringComparison.Ordinal).Replace("Gadget", kind, StringComparison.Ordinal);
        if (plural != "gadgets") definition = definition.Replace("\"gg\"", "", StringComparison.Ordinal);
        await Admin.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
        await UntilAsync($"/apis/contract.example.com/v1/{plural}", served: true);
    }

    /// <summary>Defines the kind Part, whose schema says how its lists and maps are merged.</summary>
    public async Task DefinePartsAsync()
    {
        await _defining.WaitAsync();
        try
        {
            if (_hasParts) return;
            await Admin.CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", PartDefinition);
            await UntilAsync("/apis/contract.example.com/v1/parts", served: true);
            _hasParts = true;
        }
        finally
        {
            _defining.Release();
        }
    }

    /// <summary>Waits until a collection is served.</summary>
    public Task UntilServedAsync(string path) => UntilAsync(path, served: true);

    /// <summary>Waits until a collection is not served any more.</summary>
    public Task UntilGoneAsync(string path) => UntilAsync(path, served: false);

    // A real server takes a moment to serve a new kind, and to stop serving one.
    private async Task UntilAsync(string path, bool served)
    {
        for (var left = 100; left > 0; left--)
        {
            using var response = await Admin.SendAsync(HttpMethod.Get, path);
            if (response.IsSuccessStatusCode == served) return;
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
        throw new InvalidOperationException($"{path} is {(served ? "not" : "still")} served.");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Missing is not null) return;
        await StopAsync();
        Admin.Dispose();
        Limited.Dispose();
        BadToken.Dispose();
        _defining.Dispose();
    }

    /// <summary>A namespace of the test's own.</summary>
    public async Task<string> NewNamespaceAsync()
    {
        var name = $"contract-{Interlocked.Increment(ref _namespaces)}";
        await Admin.CreateAsync("/api/v1/namespaces", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } }.ToJsonString());
        return name;
    }

    /// <summary>An image that no kubelet can pull.</summary>
    public const string NoImage = ClusterControllers.UnpullableImage;

    /// <summary>A node whose pods run.</summary>
    public abstract Task<string> NodeAsync();

    /// <summary>Creates a pod on that node, and returns its path once it runs.</summary>
    public abstract Task<string> RunAsync(string pods, string pod);

    /// <summary>A kubeconfig of the administrator, in a folder that is kept as long as the server.</summary>
    public abstract Task<string> KubeconfigAsync();

    /// <summary>Makes the server forget the versions before now.</summary>
    public abstract Task ForgetOldVersionsAsync(string continuation);

    protected abstract Task StartAsync();

    protected abstract Task StopAsync();
}
