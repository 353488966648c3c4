using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>Nodes and their leases: the first is a control plane, one is cordoned, one of many is not ready.</summary>
internal static class NodeData
{
    private const string ProviderPrefix = "sim:///";

    public static void Add(World world)
    {
        for (var i = 0; i < world.NodeCount; i++) AddOne(world, i);
    }

    private static void AddOne(World world, int index)
    {
        var name = World.NodeName(index);
        var age = TimeSpan.FromDays(200 - (index % 100));
        var cordoned = world.NodeCount > 3 && index == world.NodeCount - 1;
        var ready = !(world.NodeCount > 5 && index == world.NodeCount - 2);
        var zone = $"zone-{(char)('a' + (index % 3))}";
        var labels = new List<(string, string)>
        {
            ("beta.kubernetes.io/arch", "amd64"),
            ("beta.kubernetes.io/os", "linux"),
            ("kubernetes.io/arch", "amd64"),
            ("kubernetes.io/hostname", name),
            ("kubernetes.io/os", "linux"),
            ("node.kubernetes.io/instance-type", "m.xlarge"),
            ("topology.kubernetes.io/region", "region-1"),
            ("topology.kubernetes.io/zone", zone),
        };
        if (index == 0) labels.Insert(5, ("node-role.kubernetes.io/control-plane", ""));
        var uid = world.Add(new Draft("nodes", "", name)
        {
            Age = age,
            Labels = labels,
            Annotations = [("node.alpha.kubernetes.io/ttl", "0"), ("volumes.kubernetes.io/controller-managed-attach-detach", "true")],
            ManagedFields = ManagedFields.Of("v1", world.Ago(age), """{"f:status":{"f:conditions":{},"f:images":{},"f:nodeInfo":{}}}""", "kubelet"),
            Body = $"\"spec\":{Spec(index, name, cordoned)},\"status\":{Status(world, index, name, age, ready)}",
        });
        world.Add(new Draft("leases.coordination.k8s.io", "kube-node-lease", name)
        {
            Age = age,
            Owner = new Owner("v1", "Node", name, uid),
            Body = $$$"""
                "spec": { "holderIdentity": "{{{name}}}", "leaseDurationSeconds": 40, "renewTime": "{{{Timestamp.Micro(world.Now.AddSeconds(ready ? -4 : -900))}}}" }
                """,
        });
    }

    private static string Spec(int index, string name, bool cordoned)
    {
        var taints = new List<string>();
        if (index == 0) taints.Add("""{"key":"node-role.kubernetes.io/control-plane","effect":"NoSchedule"}""");
        if (cordoned) taints.Add("""{"key":"node.kubernetes.io/unschedulable","effect":"NoSchedule"}""");
        var tainted = taints.Count == 0 ? "" : $",\"taints\":[{string.Join(',', taints)}]";
        return $"{{\"podCIDR\":\"10.{32 + (index / 256)}.{index % 256}.0/24\",\"providerID\":\"{ProviderPrefix}{name}\"{tainted}{(cordoned ? ",\"unschedulable\":true" : "")}}}";
    }

    private static string Status(World world, int index, string name, TimeSpan age, bool ready) => $$$"""
        {
          "capacity": { "cpu": "8", "ephemeral-storage": "103079844Ki", "memory": "32886292Ki", "pods": "110" },
          "allocatable": { "cpu": "7910m", "ephemeral-storage": "95001442Ki", "memory": "31861268Ki", "pods": "110" },
          "conditions": [
            {{{Condition(world, "MemoryPressure", "False", "KubeletHasSufficientMemory", age)}}},
            {{{Condition(world, "DiskPressure", "False", "KubeletHasNoDiskPressure", age)}}},
            {{{Condition(world, "PIDPressure", "False", "KubeletHasSufficientPID", age)}}},
            {{{(ready ? Condition(world, "Ready", "True", "KubeletReady", age) : Condition(world, "Ready", "Unknown", "NodeStatusUnknown", TimeSpan.FromMinutes(15)))}}}
          ],
          "addresses": [ { "type": "InternalIP", "address": "{{{World.NodeAddress(index)}}}" }, { "type": "Hostname", "address": "{{{name}}}" } ],
          "daemonEndpoints": { "kubeletEndpoint": { "Port": 10250 } },
          "nodeInfo": {
            "machineID": "{{{world.Random.Hex(32)}}}", "systemUUID": "{{{world.NewUid()}}}", "bootID": "{{{world.NewUid()}}}", "kernelVersion": "6.1.0-37-amd64",
            "osImage": "Debian GNU/Linux 12 (bookworm)", "containerRuntimeVersion": "containerd://1.7.27", "kubeletVersion": "{{{world.Options.Version}}}",
            "kubeProxyVersion": "", "operatingSystem": "linux", "architecture": "amd64"
          },
          "images": [ {{{string.Join(',', Enumerable.Range(0, 10).Select(i => $"{{\"names\":[\"registry.example.com/image-{i}@sha256:{world.Random.Hex(64)}\"],\"sizeBytes\":{(i + 1) * 31_415_926}}}"))}}} ]
        }
        """;

    private static string Condition(World world, string type, string status, string reason, TimeSpan since) => $$$"""
        { "type": "{{{type}}}", "status": "{{{status}}}", "lastHeartbeatTime": "{{{world.Ago(TimeSpan.FromMinutes(2))}}}", "lastTransitionTime": "{{{world.Ago(since)}}}",
          "reason": "{{{reason}}}", "message": "{{{reason}}}" }
        """;
}
