namespace MultiCluster.Sandbox.Data;

/// <summary>StatefulSets with volumes.</summary>
internal static class StatefulSetData
{
    private const int MostReplicas = 5;

    public static void Add(World world, int pods)
    {
        (string Namespace, string Name)[] apps = [("payments", "postgres"), ("web", "redis"), ("search", "opensearch"), ("monitoring", "prometheus")];
        for (var i = 0; pods > 0; i++)
        {
            var (ns, name) = apps[i % apps.Length];
            var replicas = Math.Min(pods, world.Random.Between(2, MostReplicas));
            AddOne(world, ns, i < apps.Length ? name : $"{name}-{(i / apps.Length) + 1}", replicas);
            pods -= replicas;
        }
    }

    private static void AddOne(World world, string ns, string app, int replicas)
    {
        var random = world.Random;
        var age = TimeSpan.FromDays(random.Between(30, 400));
        var uid = world.NewUid();
        var hash = random.Suffix(10);
        var template = new PodTemplate(ns, app, "database", Applications.Image(app, random)) { Owner = new Owner("apps/v1", "StatefulSet", app, uid) };
        for (var i = 0; i < replicas; i++)
        {
            var pod = template with { ExtraLabels = [("apps.kubernetes.io/pod-index", $"{i}"), ("controller-revision-hash", $"{app}-{hash}"), ("statefulset.kubernetes.io/pod-name", $"{app}-{i}")] };
            PodData.Add(world, pod, $"{app}-{i}", PodState.Running, age / 3, random.Next(world.NodeCount));
            StorageData.AddClaim(world, ns, $"data-{app}-{i}", age);
        }
        world.Add(
            new Draft("statefulsets.apps", ns, app)
            {
                Age = age,
                Generation = 1,
                Labels = template.Labels,
                Body = $$$"""
                    "spec": {
                      "replicas": {{{replicas}}},
                      "selector": { "matchLabels": {{{template.Selector}}} },
                      "template": {{{template.Json}}},
                      "volumeClaimTemplates": [ { "kind": "PersistentVolumeClaim", "apiVersion": "v1", "metadata": { "name": "data" }, "spec": { "accessModes": [ "ReadWriteOnce" ], "resources": { "requests": { "storage": "20Gi" }
                      } } } ],
                      "serviceName": "{{{app}}}",
                      "podManagementPolicy": "OrderedReady",
                      "updateStrategy": { "type": "RollingUpdate", "rollingUpdate": { "partition": 0 } },
                      "revisionHistoryLimit": 10
                    },
                    "status": {
                      "observedGeneration": 1, "replicas": {{{replicas}}}, "readyReplicas": {{{replicas}}}, "currentReplicas": {{{replicas}}}, "updatedReplicas": {{{replicas}}},
                      "currentRevision": "{{{app}}}-{{{hash}}}", "updateRevision": "{{{app}}}-{{{hash}}}", "collisionCount": 0, "availableReplicas": {{{replicas}}}
                    }
                    """,
            },
            uid);
        ControllerRevisions.Add(world, template, "StatefulSet", uid, hash, age);
        ServiceData.Add(world, template, age, headless: true);
        ConfigData.AddForApplication(world, ns, app, age);
        PolicyData.AddBudget(world, ns, app, replicas, replicas, age);
    }
}
