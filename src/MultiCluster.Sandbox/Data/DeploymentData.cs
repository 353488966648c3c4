namespace MultiCluster.Sandbox.Data;

/// <summary>Deployments, their ReplicaSets (the current one and an old one) and pods.</summary>
internal static class DeploymentData
{
    public static void Add(World world, int pods)
    {
        var most = 7 * (1 + (pods / 1000)); // A big cluster has bigger deployments, not only more of them.
        var made = 0;
        for (var i = 0; made < pods; i++)
        {
            var (ns, name, tier) = Applications.All[i % Applications.All.Count];
            var app = i < Applications.All.Count ? name : $"{name}-{(i / Applications.All.Count) + 1}";
            var replicas = Math.Min(pods - made, world.Random.Between(1, most));
            AddOne(world, ns, app, tier, replicas, made);
            made += replicas;
        }
    }

    private static void AddOne(World world, string ns, string app, string tier, int replicas, int firstPod)
    {
        var random = world.Random;
        var age = TimeSpan.FromHours(random.Between(30, 4000));
        var image = Applications.Image(app, random);
        var hash = random.Suffix(9);
        var deploymentUid = world.NewUid();
        var owner = new Owner("apps/v1", "Deployment", app, deploymentUid);
        var replicaSetUid = world.NewUid();
        var template = new PodTemplate(ns, app, tier, image)
        {
            ExtraLabels = [("pod-template-hash", hash)],
            Owner = new Owner("apps/v1", "ReplicaSet", $"{app}-{hash}", replicaSetUid),
        };
        var ready = 0;
        for (var i = 0; i < replicas; i++)
        {
            var podAge = TimeSpan.FromMinutes(random.Between(5, (int)age.TotalMinutes));
            if (PodData.Add(world, template, $"{app}-{hash}-{random.Suffix(5)}", PodStates.Of(firstPod + i), podAge, random.Next(world.NodeCount)).IsReady) ready++;
        }

        world.Add(ReplicaSet(world, template, owner, $"{app}-{hash}", hash, replicas, ready, age / 2, 2), replicaSetUid);
        var oldHash = random.Suffix(9);
        world.Add(ReplicaSet(world, template with { Image = Applications.Image(app, random) }, owner, $"{app}-{oldHash}", oldHash, 0, 0, age, 1));
        world.Add(Deployment(world, template with { ExtraLabels = [] }, replicas, ready, age), deploymentUid);
        ServiceData.Add(world, template with { ExtraLabels = [] }, age);
        ConfigData.AddForApplication(world, ns, app, age);
        PolicyData.AddForApplication(world, ns, app, tier, replicas, ready, age);
    }

    private static Draft Deployment(World world, PodTemplate template, int replicas, int ready, TimeSpan age) => new("deployments.apps", template.Namespace, template.App)
    {
        Age = age,
        Generation = 2,
        Labels = template.Labels,
        Annotations = [("deployment.kubernetes.io/revision", "2")],
        ManagedFields = ManagedFields.Of("apps/v1", world.Ago(age), """{"f:spec":{"f:replicas":{},"f:selector":{},"f:strategy":{},"f:template":{}}}"""),
        Body = $$$"""
            "spec": {
              "replicas": {{{replicas}}},
              "selector": { "matchLabels": {{{template.Selector}}} },
              "template": {{{template.Json}}},
              "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": "25%", "maxSurge": "25%" } },
              "revisionHistoryLimit": 10,
              "progressDeadlineSeconds": 600
            },
            "status": {
              "observedGeneration": 2,
              "replicas": {{{replicas}}},
              "updatedReplicas": {{{replicas}}},
              "readyReplicas": {{{ready}}},
              "availableReplicas": {{{ready}}},
              "unavailableReplicas": {{{replicas - ready}}},
              "conditions": [ {{{WorkloadData.Conditions(world, age / 2, ("Available", ready > 0, ready > 0 ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"), ("Progressing", true, "NewReplicaSetAvailable"))}}} ]
            }
            """,
    };

    private static Draft ReplicaSet(World world, PodTemplate template, Owner owner, string name, string hash, int replicas, int ready, TimeSpan age, int revision)
    {
        var labelled = template with { ExtraLabels = [("pod-template-hash", hash)] };
        return new Draft("replicasets.apps", template.Namespace, name)
        {
            Age = age,
            Generation = 1,
            Labels = labelled.Labels,
            Annotations = [("deployment.kubernetes.io/desired-replicas", $"{replicas}"), ("deployment.kubernetes.io/revision", $"{revision}")],
            Owner = owner,
            ManagedFields = ManagedFields.Of("apps/v1", world.Ago(age), """{"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{}}}"""),
            Body = $$$"""
                "spec": {
                  "replicas": {{{replicas}}},
                  "selector": { "matchLabels": { "app": "{{{template.App}}}", "pod-template-hash": "{{{hash}}}" } },
                  "template": {{{labelled.Json}}}
                },
                "status": { "replicas": {{{replicas}}}, "fullyLabeledReplicas": {{{replicas}}}, "readyReplicas": {{{ready}}}, "availableReplicas": {{{ready}}}, "observedGeneration": 1 }
                """,
        };
    }
}
