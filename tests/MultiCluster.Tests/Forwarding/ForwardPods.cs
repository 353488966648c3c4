using MultiCluster.Forwarding;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Forwarding;

/// <summary>Pods, Services and workloads in the namespace web, made for a test. A pod answers HTTP at 8080 with its name and the path.</summary>
internal static class ForwardPods
{
    public const string Namespace = "web";

    /// <summary>Clusters that hold nothing else.</summary>
    public static FleetOptions Empty { get; } = new() { Pods = 0 };

    /// <summary>Port 8080 of the pod web-1.</summary>
    public static ForwardQuery One { get; } = To("web-1", "8080");

    public static ForwardQuery To(string target, params string[] ports) => new()
    {
        Names = [target],
        Namespaces = [Namespace],
        Ports = [.. ports.Select(ForwardPort.Parse)],
    };

    /// <summary>A pod that runs, ready or not, and its uid.</summary>
    public static string AddPod(this SimulatedCluster cluster, string name, string labels = "\"app\":\"web\"", string owner = "", bool ready = true, string phase = "Running")
    {
        if (cluster.Store.Find("nodes", null, "node-1") is null)
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
        return cluster.Store.Add($$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"{{{Namespace}}}","labels":{ {{{labels}}} },"ownerReferences":[ {{{owner}}} ]},
             "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"x","ports":[{"name":"http","containerPort":8080},{"name":"talk","containerPort":9999,"protocol":"UDP"}]}]},
             "status":{"phase":"{{{phase}}}","conditions":[{"type":"Ready","status":"{{{ready}}}"}],"containerStatuses":[{"name":"app","ready":{{{(ready ? "true" : "false")}}},"state":{"running":{} } }]}}
            """).Uid;
    }

    /// <summary>A Service of all pods with app=web.</summary>
    public static void AddService(this SimulatedCluster cluster, string name, string ports = """{"name":"http","port":80,"targetPort":"http"}""", string address = "10.96.0.9") =>
        cluster.Store.Add($$$"""
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}","namespace":"{{{Namespace}}}"},
             "spec":{"clusterIP":"{{{address}}}","selector":{"app":"web"},"ports":[ {{{ports}}} ] } }
            """);

    /// <summary>A workload whose pods have app=web, and its owner reference.</summary>
    public static string AddOwner(this SimulatedCluster cluster, string kind, string name)
    {
        var uid = cluster.Store.Add($$$"""
            {"apiVersion":"apps/v1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","namespace":"{{{Namespace}}}"},"spec":{"selector":{"matchLabels":{"app":"web"} } },"status":{} }
            """).Uid;
        return $$"""{"apiVersion":"apps/v1","kind":"{{kind}}","name":"{{name}}","uid":"{{uid}}","controller":true}""";
    }

    /// <summary>A pod goes, and with it what was connected to it.</summary>
    public static void RemovePod(this SimulatedCluster cluster, string name) => Assert.True(cluster.Store.Remove("pods", Namespace, name));
}
