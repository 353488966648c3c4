using System.Text.Json.Nodes;

namespace MultiCluster.Sandbox.Kinds;

/// <summary>Defaults of pods, in themselves and in templates.</summary>
internal static class PodDefaults
{
    private const int ReadableByAll = 420; // 0644

    public static void CompletePod(JsonObject pod)
    {
        var spec = pod.Map("spec");
        CompleteSpec(spec);
        spec["enableServiceLinks"] ??= true;
        // Of a pod, and not of a template, what is limited is requested.
        foreach (var container in Containers(spec))
        {
            if (container["resources"]?["limits"] is not JsonObject limits) continue;
            var requests = container.Map("resources").Map("requests");
            foreach (var (name, amount) in limits) requests[name] ??= amount?.DeepClone();
        }
    }

    public static void CompleteTemplate(JsonObject owner)
    {
        var template = owner.Map("template");
        template.Map("metadata");
        CompleteSpec(template.Map("spec"));
    }

    private static void CompleteSpec(JsonObject spec)
    {
        foreach (var container in Containers(spec)) Complete(container);
        foreach (var volume in spec.Items("volumes")) CompleteVolume(volume);
        spec["restartPolicy"] ??= "Always";
        spec["terminationGracePeriodSeconds"] ??= 30;
        spec["dnsPolicy"] ??= "ClusterFirst";
        spec.Map("securityContext");
        spec["schedulerName"] ??= "default-scheduler";
        // Two names of one field.
        if ((spec["serviceAccountName"] ?? spec["serviceAccount"])?.DeepClone() is { } account)
        {
            spec["serviceAccountName"] = account;
            spec["serviceAccount"] = account.DeepClone();
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject spec) => [.. spec.Items("initContainers"), .. spec.Items("containers"), .. spec.Items("ephemeralContainers")];

    private static void Complete(JsonObject container)
    {
        foreach (var port in container.Items("ports")) port["protocol"] ??= "TCP";
        foreach (var variable in container.Items("env"))
            if (variable["valueFrom"]?["fieldRef"] is JsonObject field) field["apiVersion"] ??= "v1";
        container.Map("resources");
        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
            if (container[probe] is JsonObject there) CompleteProbe(there);
        container["terminationMessagePath"] ??= "/dev/termination-log";
        container["terminationMessagePolicy"] ??= "File";
        container["imagePullPolicy"] ??= IsLatest(container["image"]?.ToString() ?? "") ? "Always" : "IfNotPresent";
    }

    private static bool IsLatest(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal)) return false;
        var tag = image[(image.LastIndexOf('/') + 1)..].Split(':');
        return tag.Length == 1 || tag[^1] == "latest";
    }

    private static void CompleteProbe(JsonObject probe)
    {
        if (probe["httpGet"] is JsonObject http)
        {
            http["path"] ??= "/";
            http["scheme"] ??= "HTTP";
        }
        probe["timeoutSeconds"] ??= 1;
        probe["periodSeconds"] ??= 10;
        probe["successThreshold"] ??= 1;
        probe["failureThreshold"] ??= 3;
    }

    private static void CompleteVolume(JsonObject volume)
    {
        foreach (var source in new[] { "configMap", "secret", "downwardAPI", "projected" })
            if (volume[source] is JsonObject there) there["defaultMode"] ??= ReadableByAll;
        if (volume["hostPath"] is JsonObject path) path["type"] ??= "";
        foreach (var source in (volume["projected"] as JsonObject).Items("sources"))
            if (source["serviceAccountToken"] is JsonObject token) token["expirationSeconds"] ??= 3600;
        if (volume.Count == 1) volume["emptyDir"] = new JsonObject();
    }
}
