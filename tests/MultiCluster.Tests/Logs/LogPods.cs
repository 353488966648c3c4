using System.Globalization;
using MultiCluster.Logs;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Logs;

namespace MultiCluster.Tests.Logs;

/// <summary>Pods with logs, in the namespace web, made for a test.</summary>
internal static class LogPods
{
    public const string Namespace = "web";

    /// <summary>Clusters that hold nothing else, and whose logs are written by hand.</summary>
    public static FleetOptions Empty { get; } = new() { Pods = 0, LogLinesPerSecond = 0 };

    /// <summary>All pods of the namespace.</summary>
    public static LogQuery All { get; } = new() { Namespaces = [Namespace] };

    public static LogQuery Following { get; } = All with { Follow = true, OrderWindow = TimeSpan.FromMilliseconds(50) };

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A pod whose containers run.</summary>
    public static void AddRunning(this SimulatedCluster cluster, string name, string[]? containers = null, string labels = "", string owner = "", string policy = "Always")
    {
        cluster.AddWaiting(name, containers, labels, owner, policy);
        foreach (var container in containers ?? ["app"])
            cluster.Logs.Start(Namespace, name, container);
    }

    /// <summary>A pod whose containers are being made.</summary>
    public static void AddWaiting(this SimulatedCluster cluster, string name, string[]? containers = null, string labels = "", string owner = "", string policy = "Always")
    {
        var names = containers ?? ["app"];
        if (cluster.Store.Find("nodes", null, "node-1") is null)
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
        cluster.Store.Add($$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"{{Namespace}}","labels":{ {{labels}} },"ownerReferences":[ {{owner}} ]},
             "spec":{"nodeName":"node-1","restartPolicy":"{{policy}}","containers":[ {{string.Join(',', names.Select(one => $"{{\"name\":\"{one}\",\"image\":\"x\"}}"))}} ]},
             "status":{"phase":"Pending","containerStatuses":[ {{string.Join(',', names.Select(Waiting))}} ] } }
            """);
    }

    public static ContainerLog Log(this SimulatedCluster cluster, string pod, string container = "app") => cluster.Logs.Of(Namespace, pod, container);

    public static void Write(this SimulatedCluster cluster, string pod, params string[] lines)
    {
        foreach (var line in lines)
            cluster.Log(pod).Append(line);
    }

    /// <summary>Lines so many milliseconds after noon, each with these as its text.</summary>
    public static void WriteAt(this SimulatedCluster cluster, string pod, params int[] milliseconds)
    {
        foreach (var at in milliseconds)
            cluster.Log(pod).Append(at.ToString(CultureInfo.InvariantCulture), Start.AddMilliseconds(at));
    }

    /// <summary>A controller as an owner reference has it.</summary>
    public static string Owner(string kind, string name, string uid) => $$"""{"apiVersion":"x/v1","kind":"{{kind}}","name":"{{name}}","uid":"{{uid}}","controller":true}""";

    /// <summary>A workload, and its uid.</summary>
    public static string AddWorkload(this SimulatedCluster cluster, string apiVersion, string kind, string name, string selector = "", string owner = "", string status = "{}") =>
        cluster.Store.Add($$"""
            {"apiVersion":"{{apiVersion}}","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"{{Namespace}}","ownerReferences":[ {{owner}} ]},
             "spec":{ {{(selector.Length == 0 ? "" : $"\"selector\":{{\"matchLabels\":{{ {selector} }} }}")}} },"status":{{status}}}
            """).Uid;

    private static string Waiting(string container) =>
        $$"""{"name":"{{container}}","state":{"waiting":{"reason":"ContainerCreating"} },"lastState":{},"restartCount":0}""";
}
