namespace MultiCluster.Sandbox.Data;

/// <summary>Workloads with their pods: as many as asked for in all.</summary>
internal static class WorkloadData
{
    public static void Add(World world)
    {
        var pods = world.Options.Pods;
        var daemons = Math.Min(2 * world.NodeCount, pods / 5);
        var stateful = pods / 12;
        var jobs = pods / 20;
        var bare = pods >= 20 ? 1 : 0;
        DeploymentData.Add(world, pods - daemons - stateful - jobs - bare);
        DaemonSetData.Add(world, daemons);
        StatefulSetData.Add(world, stateful);
        JobData.Add(world, jobs);
        if (bare == 1)
            PodData.Add(world, new PodTemplate("default", "debug-shell", "tool", "registry.example.com/toolbox:2.1.0"), "debug-shell", PodState.Running, TimeSpan.FromHours(3), 0);
    }

    public static string Conditions(World world, TimeSpan age, params (string Type, bool Status, string Reason)[] conditions) =>
        string.Join(',', conditions.Select(c => $$$"""
            { "type": "{{{c.Type}}}", "status": "{{{(c.Status ? "True" : "False")}}}", "lastUpdateTime": "{{{world.Ago(age)}}}",
              "lastTransitionTime": "{{{world.Ago(age)}}}", "reason": "{{{c.Reason}}}", "message": "{{{c.Reason}}}" }
            """));
}
