namespace MultiCluster.Sandbox.Data;

/// <summary>Storage classes, claims and their volumes.</summary>
internal static class StorageData
{
    public static void Add(World world) => world.Add(new Draft("storageclasses.storage.k8s.io", "", "standard")
    {
        Age = TimeSpan.FromDays(400),
        Annotations = [("storageclass.kubernetes.io/is-default-class", "true")],
        Body = """ "provisioner": "csi.example.com", "reclaimPolicy": "Delete", "allowVolumeExpansion": true, "volumeBindingMode": "WaitForFirstConsumer" """,
    });

    public static void AddClaim(World world, string ns, string name, TimeSpan age)
    {
        var uid = world.NewUid();
        var volume = $"pvc-{uid}";
        world.Add(
            new Draft("persistentvolumeclaims", ns, name)
            {
                Age = age,
                Annotations = [("pv.kubernetes.io/bind-completed", "yes")],
                Body = $$$"""
                    "spec": { "accessModes": [ "ReadWriteOnce" ], "resources": { "requests": { "storage": "20Gi" } }, "volumeName": "{{{volume}}}", "storageClassName": "standard", "volumeMode": "Filesystem" },
                    "status": { "phase": "Bound", "accessModes": [ "ReadWriteOnce" ], "capacity": { "storage": "20Gi" } }
                    """,
            },
            uid);
        world.Add(new Draft("persistentvolumes", "", volume)
        {
            Age = age,
            Body = $$$"""
                "spec": {
                  "capacity": { "storage": "20Gi" },
                  "csi": { "driver": "csi.example.com", "volumeHandle": "vol-{{{world.Random.Hex(17)}}}", "fsType": "ext4" },
                  "accessModes": [ "ReadWriteOnce" ],
                  "claimRef": { "kind": "PersistentVolumeClaim", "namespace": "{{{ns}}}", "name": "{{{name}}}", "uid": "{{{uid}}}", "apiVersion": "v1" },
                  "persistentVolumeReclaimPolicy": "Delete", "storageClassName": "standard", "volumeMode": "Filesystem"
                },
                "status": { "phase": "Bound" }
                """,
        });
        world.Add(new Draft("volumeattachments.storage.k8s.io", "", $"csi-{world.Random.Hex(64)}")
        {
            Age = age,
            Body = $$$"""
                "spec": { "attacher": "csi.example.com", "source": { "persistentVolumeName": "{{{volume}}}" }, "nodeName": "{{{World.NodeName(0)}}}" }, "status": { "attached": true }
                """,
        });
    }
}
