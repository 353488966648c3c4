using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Budgets;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Evictions;

/// <summary>POST of an Eviction: a deletion that asks the pod's budget first (pkg/registry/core/pod/storage/eviction.go).</summary>
internal sealed class EvictionRequests(ClusterStore store, Deletion deletion)
{
    private static readonly string[] Retried = ["Conflict"];

    private readonly EvictionDeletion _deletion = new(store, deletion);

    public async Task ServeAsync(SimulatedRequest request, ResourceKind pods)
    {
        RequestBody.CheckJson(request);
        var eviction = await RequestBody.OptionalAsync(request) ?? throw StatusError.BadRequest("the body of the request is empty");
        CheckVersion(store.Kinds.Policy, eviction);
        var (ns, name) = request.KeyOf(pods);
        NamespaceDeletion.CheckOpen(store, pods, ns, name);
        if (eviction["metadata"]?["name"]?.ToString() != name) throw StatusError.BadRequest("name in URL does not match name in Eviction object");
        Evict(pods, ns, name, OptionsOf(request, eviction));
        await Answer.JsonAsync(
            request.Context,
            new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 },
            201);
    }

    private static void CheckVersion(PolicyVersions policy, JsonObject eviction)
    {
        var (apiVersion, kind) = (eviction["apiVersion"]?.ToString(), eviction["kind"]?.ToString());
        if (apiVersion is null && kind is null) return;
        if (kind == "Eviction" && policy.Evictions.Any(v => apiVersion == $"policy/{v}")) return;
        throw StatusError.BadRequest(
            $"{kind} in version \"{apiVersion?.Split('/')[^1]}\" cannot be handled as a Eviction: no kind \"{kind}\" is registered for version \"{apiVersion}\" "
            + "in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"");
    }

    private static DeleteOptions OptionsOf(SimulatedRequest request, JsonObject eviction)
    {
        var dryRun = WriteOptions.DryRun(request, "CreateOptions");
        var options = eviction["deleteOptions"] is JsonObject given ? DeleteOptions.Of(given) : new DeleteOptions();
        return options with { DryRun = dryRun || options.DryRun };
    }

    private void Evict(ResourceKind pods, string ns, string name, DeleteOptions options)
    {
        while (true)
        {
            var pod = store.Find(pods, ns, name) ?? throw StatusError.NotFound(pods, name);
            var json = pod.ToJson();
            if (!IgnoresBudgets(json))
            {
                EvictWithinBudget(pods, pod, json, options);
                return;
            }
            var counts = json["metadata"]!["deletionTimestamp"] is not null || json["status"]?["phase"]?.ToString() is "Succeeded" or "Failed";
            try
            {
                _deletion.Run(pods, pod, counts ? options : AtVersion(options, pod));
                return;
            }
            catch (StatusError e) when (options.ResourceVersion is null && !counts && Retried.Contains(e.Reason) && Moved(pods, pod))
            {
                // A pod that was pending may be ready now, and under its budget.
            }
        }
    }

    private void EvictWithinBudget(ResourceKind pods, StoredObject pod, JsonObject json, DeleteOptions options)
    {
        var budgets = BudgetSelector.Covering(store, pod);
        if (budgets.Count > 1) throw EvictionErrors.TooManyBudgets();
        var unready = false;
        if (budgets.Count == 1)
        {
            unready = !PodHealth.IsReady(json) && SparesUnready(budgets[0].ToJson());
            if (!unready) BudgetGrant.Take(store, budgets[0], pod.Name, options.DryRun);
        }
        try
        {
            _deletion.Run(pods, pod, unready ? AtVersion(options, pod) : options);
        }
        catch (StatusError e) when (unready && options.ResourceVersion is null && Retried.Contains(e.Reason) && Moved(pods, pod))
        {
            throw EvictionErrors.NotObserved(budgets[0].Name, BudgetGrant.RetryAfter(store));
        }
    }

    /// <summary>True when a pod that is not ready may go without asking its budget.</summary>
    private static bool SparesUnready(JsonObject budget)
    {
        var status = new BudgetStatus(budget);
        return budget["spec"]?["unhealthyPodEvictionPolicy"]?.ToString() == "AlwaysAllow"
            || (status.CurrentHealthy >= status.DesiredHealthy && status.DesiredHealthy > 0);
    }

    // canIgnorePDB
    private static bool IgnoresBudgets(JsonObject pod) =>
        pod["metadata"]!["deletionTimestamp"] is not null || pod["status"]?["phase"]?.ToString() is "Succeeded" or "Failed" or "Pending";

    private static DeleteOptions AtVersion(DeleteOptions options, StoredObject pod) =>
        options.ResourceVersion is null ? options with { ResourceVersion = pod.ResourceVersion.ToString(CultureInfo.InvariantCulture) } : options;

    private bool Moved(ResourceKind pods, StoredObject pod) =>
        store.Find(pods, pod.Namespace, pod.Name) is { } now && now.Uid == pod.Uid && now.ResourceVersion != pod.ResourceVersion;
}
