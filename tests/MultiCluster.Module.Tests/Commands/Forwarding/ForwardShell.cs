using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Forwarding;

/// <summary>Two clusters with a pod behind a Service each, and a PowerShell in front of them.</summary>
public abstract class ForwardShell : IAsyncLifetime
{
    private protected SimulatedFleet Fleet { get; private set; } = null!;

    private protected Shell Shell { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Names = ["prod-eu", "prod-us"], Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var cluster in Fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"}}""");
            AddPod(cluster, "web-1");
            cluster.Store.Add("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"api","namespace":"web"},
                 "spec":{"clusterIP":"10.96.0.9","selector":{"app":"web"},"ports":[{"name":"http","port":80,"targetPort":"http"},{"name":"admin","port":9000}]}}
                """);
        }

        Shell = new Shell(Fleet).Select("prod-*");
        Assert.Empty(Shell.Run("Set-KubeNamespace web").Errors);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Shell.Dispose();
        await Fleet.DisposeAsync();
    }

    private protected static void AddPod(SimulatedCluster cluster, string name) => cluster.Store.Add($$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"web","labels":{"app":"web"} },
         "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"x","ports":[{"name":"http","containerPort":8080}]}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"app","ready":true,"state":{"running":{} } }]} }
        """);
}
