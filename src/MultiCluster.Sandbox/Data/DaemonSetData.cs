namespace MultiCluster.Sandbox.Data;

/// <summary>DaemonSets with a pod on each node.</summary>
internal static class DaemonSetData
{
    public static void Add(World world, int pods)
    {
        string[] apps = ["kube-proxy", "node-exporter"];
        for (var i = 0; i < apps.Length && pods > 0; i++)
        {
            var count = Math.Min(world.NodeCount, pods);
            AddOne(world, apps[i], i == 0 ? "kube-system" : "monitoring", count);
            pods -= count;
        }
    }

    private static void AddOne(World world, string app, string ns, int pods)
    {
        var random = world.Random;
        var age = TimeSpan.FromDays(random.Between(60, 300));
        var uid = world.NewUid();
        var hash = random.Suffix(10);
        var template = new PodTemplate(ns, app, "system", Applications.Image(app, random))
        {
            ExtraLabels = [("controller-revision-hash", hash), ("pod-template-generation", "1")],
            Owner = new Owner("apps/v1", "DaemonSet", app, uid),
            ToleratesAll = true,
        };
        for (var i = 0; i < pods; i++) PodData.Add(world, template, $"{app}-{random.Suffix(5)}", PodState.Running, age / 2, i);
        world.Add(
            new Draft("daemonsets.apps", ns, app)
            {
                Age = age,
                Generation = 1,
                Labels = [("app", app)],
                Annotations = [("deprecated.daemonset.template.generation", "1")],
                Body = $$$"""
                    "spec": {
                      "selector": { "matchLabels": {{{template.Selector}}} },
                      "template": {{{(template with { ExtraLabels = [] }).Json}}},
                      "updateStrategy": { "type": "RollingUpdate", "rollingUpdate": { "maxUnavailable": 1, "maxSurge": 0 } },
                      "revisionHistoryLimit": 10
                    },
                    "status": {
                      "currentNumberScheduled": {{{pods}}}, "numberMisscheduled": 0, "desiredNumberScheduled": {{{pods}}}, "numberReady": {{{pods}}},
                      "observedGeneration": 1, "updatedNumberScheduled": {{{pods}}}, "numberAvailable": {{{pods}}}
                    }
                    """,
            },
            uid);
        ControllerRevisions.Add(world, template with { ExtraLabels = [] }, "DaemonSet", uid, hash, age);
        ConfigData.AddForApplication(world, ns, app, age);
    }
}

internal static class ControllerRevisions
{
    public static void Add(World world, PodTemplate template, string kind, string uid, string hash, TimeSpan age) =>
        world.Add(new Draft("controllerrevisions.apps", template.Namespace, $"{template.App}-{hash}")
        {
            Age = age,
            Labels = [("app", template.App), ("controller-revision-hash", hash)],
            Owner = new Owner("apps/v1", kind, template.App, uid),
            Body = $$$"""
                "data": { "spec": { "template": { "$patch": "replace", {{{template.Json.TrimStart()[1..]}}} } }, "revision": 1
                """,
        });
}
