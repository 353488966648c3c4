using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Data;

/// <summary>Fills a cluster with objects that look like production's.</summary>
internal static class ClusterGenerator
{
    public static void Fill(ClusterStore store, DataOptions options, SeededRandom random)
    {
        var world = new World(store, options, random);
        NamespaceData.Add(world);
        if (options.Pods > 0)
        {
            NodeData.Add(world);
            StorageData.Add(world);
            AccessData.Add(world);
            PolicyData.Add(world);
            SystemData.Add(world);
            WorkloadData.Add(world);
            EventData.Add(world);
        }
        ConfigData.AddMore(world);
        if (options.Pods > 0) HelmData.Add(world); // last, so that the others are what they were
        world.Finish();
        CertManagerData.Add(store, isBusy: options.Pods > 0);
        CustomData.Add(store);
        if (options.OpenShift) OpenShiftData.Add(store, world.NodeCount);
    }
}
