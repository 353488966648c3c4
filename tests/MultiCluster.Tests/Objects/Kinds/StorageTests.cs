using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class StorageTests
{
    [Fact]
    public void A_volume_has_kubectls_columns()
    {
        var volume = Sample.Read<KubePersistentVolume>("""
            {"metadata":{"name":"pv"},"spec":{"capacity":{"storage":"100Gi"},"accessModes":["ReadWriteMany","ReadWriteOnce","ReadWriteOnce"],
             "persistentVolumeReclaimPolicy":"Retain","claimRef":{"namespace":"shop","name":"data"},"storageClassName":"gp3","volumeMode":"Block",
             "volumeAttributesClassName":"fast"},"status":{"phase":"Failed","reason":"Lost"}}
            """);

        Assert.Equal(("100Gi", "Retain", "Failed", "shop/data"), (volume.Capacity.ToString(), volume.ReclaimPolicy, volume.State, volume.Claim));
        Assert.Equal(("gp3", "fast", "Lost", "Block"), (volume.StorageClass, volume.VolumeAttributesClass, volume.Reason, volume.VolumeMode));
        Assert.Equal(["RWO", "RWX"], volume.AccessModes);
    }

    [Fact]
    public void A_bound_claim_shows_its_volume()
    {
        var claim = Sample.Read<KubePersistentVolumeClaim>("""
            {"metadata":{"name":"data","annotations":{"volume.beta.kubernetes.io/storage-class":"old"}},
             "spec":{"volumeName":"pv","accessModes":["ReadWriteOncePod"],"resources":{"requests":{"storage":"8Gi"}}},
             "status":{"phase":"Bound","capacity":{"storage":"10Gi"},"accessModes":["ReadWriteOncePod"]}}
            """);

        Assert.Equal(("Bound", "pv", "10Gi", "old"), (claim.State, claim.Volume, claim.Capacity.ToString(), claim.StorageClass));
        Assert.Equal(["RWOP"], claim.AccessModes);
    }

    [Fact]
    public void A_claim_that_waits_has_no_capacity_yet()
    {
        var claim = Sample.Read<KubePersistentVolumeClaim>(
            """{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"gp3"},"status":{"phase":"Pending"}}""");

        Assert.Equal(("Pending", null, null), (claim.State, claim.Volume, claim.Capacity));
        Assert.Empty(claim.AccessModes);
    }

    [Fact]
    public void What_is_deleted_is_terminating()
    {
        const string Json = """{"metadata":{"name":"x","deletionTimestamp":"2026-03-01T11:00:00Z"},"status":{"phase":"Bound"}}""";

        Assert.Equal(("Terminating", "Terminating"), (Sample.Read<KubePersistentVolume>(Json).State, Sample.Read<KubePersistentVolumeClaim>(Json).State));
    }

    [Fact]
    public void A_storage_class_has_kubectls_columns_and_defaults()
    {
        var named = Sample.Read<KubeStorageClass>("""
            {"metadata":{"name":"gp3","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"ebs.csi.aws.com",
             "reclaimPolicy":"Retain","volumeBindingMode":"WaitForFirstConsumer","allowVolumeExpansion":true,"parameters":{"type":"gp3"},"mountOptions":["discard"]}
            """);
        var bare = Sample.Read<KubeStorageClass>("""{"metadata":{"name":"x"},"provisioner":"p"}""");

        Assert.Equal((true, "ebs.csi.aws.com", "Retain", "WaitForFirstConsumer", true), (named.IsDefault, named.Provisioner, named.ReclaimPolicy, named.VolumeBindingMode, named.AllowVolumeExpansion));
        Assert.Equal(("gp3", "discard"), (named.Parameters?["type"], named.MountOptions?[0]));
        Assert.Equal((false, "Delete", "Immediate", false), (bare.IsDefault, bare.ReclaimPolicy, bare.VolumeBindingMode, bare.AllowVolumeExpansion));
    }
}
