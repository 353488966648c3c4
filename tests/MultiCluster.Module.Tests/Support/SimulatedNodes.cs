using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Nodes and pods in clusters that hold nothing else.</summary>
internal static class SimulatedNodes
{
    public static void AddNode(this SimulatedCluster cluster, string name) => cluster.Store.Add($$"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"{{name}}"},"spec":{},"status":{"conditions":[{"type":"Ready","status":"True"}]} }
        """);

    /// <summary>A running, ready pod with the label app=web, of a ReplicaSet unless <paramref name="owner"/> says otherwise.</summary>
    public static void AddPod(
        this SimulatedCluster cluster, string name, string node, string owner = """{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"rs-1","controller":true}""") => cluster.Store.Add($$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"web","labels":{"app":"web"},"ownerReferences":[ {{owner}} ]},
         "spec":{"nodeName":"{{node}}","terminationGracePeriodSeconds":600,"containers":[{"name":"app","image":"x"}]},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]} }
        """);
}
