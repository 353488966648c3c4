using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MultiCluster.Objects;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;
using MultiCluster.Typed.Models;

namespace MultiCluster.Tests.Typed;

/// <summary>KubernetesClient's models, as another reader of what the engine reads: both say the same of every simulated object.</summary>
public sealed class ModelColumnTests
{
    [Theory]
    [InlineData("pods")]
    [InlineData("nodes")]
    [InlineData("namespaces")]
    [InlineData("services")]
    [InlineData("configmaps")]
    [InlineData("secrets")]
    [InlineData("serviceaccounts")]
    [InlineData("persistentvolumes")]
    [InlineData("persistentvolumeclaims")]
    [InlineData("deployments")]
    [InlineData("replicasets")]
    [InlineData("statefulsets")]
    [InlineData("daemonsets")]
    [InlineData("jobs")]
    [InlineData("cronjobs")]
    [InlineData("ingresses")]
    [InlineData("storageclasses")]
    [InlineData("horizontalpodautoscalers")]
    [InlineData("poddisruptionbudgets")]
    [InlineData("leases")]
    public async Task Every_object_says_what_its_model_says(string kind)
    {
        await using var session = await TestSession.StartAsync(new FleetOptions { Pods = 60 });
        await session.SelectAsync("sim-1");
        var models = ModelStore.Of(session.Pool);

        var objects = (await session.ReadAsync(kind)).Objects;

        Assert.NotEmpty(objects);
        Assert.All(objects, item =>
        {
            var model = ModelReader.Read(item, models);
            Assert.All(Common(item, (IKubernetesObject<V1ObjectMeta>)model).Concat(Columns(item, model)), static pair => Assert.Equal(pair.Model, pair.Ours));
        });
    }

    private static IEnumerable<(string Column, object? Model, object? Ours)> Common(KubeObject ours, IKubernetesObject<V1ObjectMeta> model) =>
    [
        ("ApiVersion", model.ApiVersion, ours.ApiVersion),
        ("Kind", model.Kind, ours.Kind),
        ("Name", model.Metadata.Name, ours.Name),
        ("Namespace", model.Metadata.NamespaceProperty, ours.Namespace),
        ("Uid", model.Metadata.Uid, ours.Uid),
        ("ResourceVersion", model.Metadata.ResourceVersion, ours.ResourceVersion),
        ("CreationTimestamp", model.Metadata.CreationTimestamp?.ToLocalTime(), ours.CreationTimestamp),
        ("Labels", Text(model.Metadata.Labels), Text(JsonNode.Parse(ours.ToJson())!["metadata"]!["labels"])),
    ];

    private static (string Column, object? Model, object? Ours)[] Columns(KubeObject item, object model) => (item, model) switch
    {
        (KubePod o, V1Pod m) =>
        [
            ("Node", m.Spec.NodeName, o.Node),
            ("Ip", m.Status.PodIP, o.Ip),
            ("Phase", m.Status.Phase, o.Phase),
            ("QosClass", m.Status.QosClass, o.QosClass),
            ("Containers", Text(m.Spec.Containers.Select(one => one.Name)), Text(o.Containers)),
            ("Images", Text(m.Spec.Containers.Select(one => one.Image)), Text(o.Images)),
            ("ReadyContainers", m.Status.ContainerStatuses?.Count(one => one.Ready) ?? 0, o.ReadyContainers),
            ("ContainerCount", m.Spec.Containers.Count, o.ContainerCount),
            ("Restarts", m.Status.ContainerStatuses?.Sum(one => one.RestartCount) ?? 0, o.Restarts),
        ],
        (KubeNode o, V1Node m) =>
        [
            ("Version", m.Status.NodeInfo.KubeletVersion, o.Version),
            ("InternalIp", m.Status.Addresses.FirstOrDefault(one => one.Type == "InternalIP")?.Address, o.InternalIp),
            ("OsImage", m.Status.NodeInfo.OsImage, o.OsImage),
            ("Kernel", m.Status.NodeInfo.KernelVersion, o.Kernel),
            ("ContainerRuntime", m.Status.NodeInfo.ContainerRuntimeVersion, o.ContainerRuntime),
            ("Unschedulable", m.Spec.Unschedulable ?? false, o.Unschedulable),
        ],
        (KubeNamespace o, V1Namespace m) => [("State", m.Status.Phase, o.State)],
        (KubeService o, V1Service m) => [("Type", m.Spec.Type, o.Type), ("ClusterIp", m.Spec.ClusterIP, o.ClusterIp)],
        (KubeConfigMap o, V1ConfigMap m) => [("DataCount", (m.Data?.Count ?? 0) + (m.BinaryData?.Count ?? 0), o.DataCount), ("Immutable", m.Immutable ?? false, o.Immutable)],
        (KubeSecret o, V1Secret m) =>
        [
            ("Type", m.Type, o.Type),
            ("DataCount", m.Data?.Count ?? 0, o.DataCount),
            .. (m.Data ?? new Dictionary<string, byte[]>()).Select(entry => (entry.Key, (object?)System.Text.Encoding.UTF8.GetString(entry.Value), (object?)o.GetValue(entry.Key))),
        ],
        (KubePersistentVolume o, V1PersistentVolume m) =>
        [
            ("ReclaimPolicy", m.Spec.PersistentVolumeReclaimPolicy, o.ReclaimPolicy),
            ("State", m.Status.Phase, o.State),
            ("VolumeMode", m.Spec.VolumeMode, o.VolumeMode),
        ],
        (KubePersistentVolumeClaim o, V1PersistentVolumeClaim m) =>
        [
            ("State", m.Status.Phase, o.State),
            ("Volume", m.Spec.VolumeName, o.Volume),
            ("StorageClass", m.Spec.StorageClassName, o.StorageClass),
            ("VolumeMode", m.Spec.VolumeMode, o.VolumeMode),
        ],
        (KubeDeployment o, V1Deployment m) =>
        [
            ("Ready", $"{m.Status.ReadyReplicas ?? 0}/{m.Spec.Replicas}", o.Ready),
            ("UpToDate", m.Status.UpdatedReplicas ?? 0, o.UpToDate),
            ("Available", m.Status.AvailableReplicas ?? 0, o.Available),
            ("Images", Text(m.Spec.Template.Spec.Containers.Select(one => one.Image)), Text(o.Images)),
        ],
        (KubeReplicaSet o, V1ReplicaSet m) =>
            [("Desired", m.Spec.Replicas, o.Desired), ("Current", m.Status.Replicas, o.Current), ("Ready", m.Status.ReadyReplicas ?? 0, o.Ready)],
        (KubeStatefulSet o, V1StatefulSet m) => [("Ready", $"{m.Status.ReadyReplicas ?? 0}/{m.Spec.Replicas}", o.Ready)],
        (KubeDaemonSet o, V1DaemonSet m) =>
        [
            ("Desired", m.Status.DesiredNumberScheduled, o.Desired),
            ("Current", m.Status.CurrentNumberScheduled, o.Current),
            ("Ready", m.Status.NumberReady, o.Ready),
            ("UpToDate", m.Status.UpdatedNumberScheduled ?? 0, o.UpToDate),
            ("Available", m.Status.NumberAvailable ?? 0, o.Available),
        ],
        (KubeJob o, V1Job m) =>
        [
            ("Succeeded", m.Status.Succeeded ?? 0, o.Succeeded),
            ("Failed", m.Status.Failed ?? 0, o.Failed),
            ("Active", m.Status.Active ?? 0, o.Active),
            ("StartTime", m.Status.StartTime?.ToLocalTime(), o.StartTime),
            ("CompletionTime", m.Status.CompletionTime?.ToLocalTime(), o.CompletionTime),
        ],
        (KubeCronJob o, V1CronJob m) =>
        [
            ("Schedule", m.Spec.Schedule, o.Schedule),
            ("TimeZone", m.Spec.TimeZone, o.TimeZone),
            ("Suspend", m.Spec.Suspend ?? false, o.Suspend),
            ("Active", m.Status.Active?.Count ?? 0, o.Active),
            ("LastScheduleTime", m.Status.LastScheduleTime?.ToLocalTime(), o.LastScheduleTime),
        ],
        (KubeIngress o, V1Ingress m) => [("Class", m.Spec.IngressClassName, o.Class), ("Hosts", Text(m.Spec.Rules.Select(one => one.Host)), Text(o.Hosts))],
        (KubeStorageClass o, V1StorageClass m) =>
        [
            ("Provisioner", m.Provisioner, o.Provisioner),
            ("ReclaimPolicy", m.ReclaimPolicy, o.ReclaimPolicy),
            ("VolumeBindingMode", m.VolumeBindingMode, o.VolumeBindingMode),
            ("AllowVolumeExpansion", m.AllowVolumeExpansion ?? false, o.AllowVolumeExpansion),
        ],
        (KubeHorizontalPodAutoscaler o, V2HorizontalPodAutoscaler m) =>
        [
            ("Reference", $"{m.Spec.ScaleTargetRef.Kind}/{m.Spec.ScaleTargetRef.Name}", o.Reference),
            ("MinPods", m.Spec.MinReplicas, o.MinPods),
            ("MaxPods", m.Spec.MaxReplicas, o.MaxPods),
            ("Replicas", m.Status.CurrentReplicas ?? 0, o.Replicas),
        ],
        (KubePodDisruptionBudget o, V1PodDisruptionBudget m) =>
        [
            ("AllowedDisruptions", m.Status.DisruptionsAllowed, o.AllowedDisruptions),
            ("CurrentHealthy", m.Status.CurrentHealthy, o.CurrentHealthy),
            ("DesiredHealthy", m.Status.DesiredHealthy, o.DesiredHealthy),
        ],
        (KubeLease o, V1Lease m) => [("Holder", m.Spec.HolderIdentity, o.Holder), ("RenewTime", m.Spec.RenewTime?.ToLocalTime(), o.RenewTime)],
        (KubeServiceAccount, V1ServiceAccount) => [],
        _ => throw new InvalidOperationException($"{item.GetType().Name} has no columns here."),
    };

    private static string Text(IEnumerable<string?> texts) => string.Join(',', texts);

    private static string Text(IDictionary<string, string>? labels) => labels is null ? "" : string.Join(',', labels.Select(static label => $"{label.Key}={label.Value}"));

    private static string Text(JsonNode? labels) => labels is null ? "" : string.Join(',', labels.AsObject().Select(static label => $"{label.Key}={label.Value}"));
}
