using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Evictions;

/// <summary>Why an eviction is refused, in a server's words (pkg/registry/core/pod/storage/eviction.go).</summary>
internal static class EvictionErrors
{
    public static StatusError TooManyBudgets() =>
        new(500, "", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");

    public static StatusError Exhausted(string budget, long desired, long current) =>
        Refused($"The disruption budget {budget} needs {desired} healthy pods and has {current} currently");

    public static StatusError Failed(string budget, string why) =>
        Refused($"The disruption budget {budget} does not allow evicting pods currently because it failed sync: {why}");

    /// <summary>The budget's controller has not seen the budget as it is now.</summary>
    /// <param name="budget">The budget's name.</param>
    /// <param name="retryAfter">When to come again; null for servers that do not say.</param>
    public static StatusError NotObserved(string budget, TimeSpan? retryAfter) =>
        Refused($"The disruption budget {budget} is still being processed by the server.", retryAfter);

    public static StatusError Negative(string budget) => Forbidden(budget, "pdb disruptions allowed is negative");

    public static StatusError TooManyDisrupted(string budget) =>
        Forbidden(budget, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");

    private static StatusError Refused(string cause, TimeSpan? retryAfter = null)
    {
        var details = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = cause }) };
        if (retryAfter is { } wait) details["retryAfterSeconds"] = (int)wait.TotalSeconds;
        return new(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.") { Details = details, RetryAfter = retryAfter };
    }

    // The server's own spelling of the resource.
    private static StatusError Forbidden(string budget, string why) => new(403, "Forbidden", $"poddisruptionbudget.policy \"{budget}\" is forbidden: {why}")
    {
        Details = new JsonObject { ["name"] = budget, ["group"] = "policy", ["kind"] = "poddisruptionbudget" },
    };
}
