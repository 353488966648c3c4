using k8s;
using k8s.Autorest;
using k8s.Models;
using MultiCluster.Objects;

namespace MultiCluster.Tests.Typed;

/// <summary>The official client as a second opinion: on the simulator, and on what our objects say.</summary>
public sealed class OracleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_official_client_lists_watches_patches_and_deletes_in_the_sandbox()
    {
        await using var session = await TypedSession.StartAsync();
        using var stock = session.Stock();
        var list = await stock.CoreV1.ListNamespacedConfigMapAsync("web", cancellationToken: Stop);
        var seen = new List<string>();
        var watching = WatchAsync();

        await stock.CoreV1.CreateNamespacedConfigMapAsync(TypedSession.ConfigMap("new"), "web", cancellationToken: Stop);
        var patched = await stock.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"data":{"a":"2"} }""", V1Patch.PatchType.StrategicMergePatch), "new", "web", cancellationToken: Stop);
        patched.Data["a"] = "3";
        var replaced = await stock.CoreV1.ReplaceNamespacedConfigMapAsync(patched, "new", "web", cancellationToken: Stop);
        var stale = await Assert.ThrowsAsync<HttpOperationException>(() => stock.CoreV1.ReplaceNamespacedConfigMapAsync(patched, "new", "web", cancellationToken: Stop));
        await stock.CoreV1.DeleteNamespacedConfigMapAsync("new", "web", cancellationToken: Stop);
        await watching;

        Assert.Equal("3", replaced.Data["a"]);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, stale.Response.StatusCode);
        Assert.Equal(["Added 1", "Modified 2", "Modified 3", "Deleted 3"], seen);

        async Task WatchAsync()
        {
            await foreach (var (type, item) in stock.CoreV1.WatchListNamespacedConfigMapAsync("web", resourceVersion: list.ResourceVersion(), cancellationToken: Stop))
            {
                seen.Add($"{type} {item.Data["a"]}");
                if (type == WatchEventType.Deleted)
                    return;
            }
        }
    }

    [Fact]
    public Task Pods() => SameAsync<KubePod, V1PodList, V1Pod>(
        "pods",
        stock => stock.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.Ready, ours.Restarts, ours.Node, ours.Ip, ours.Phase, ours.QosClass, string.Join(',', ours.Images), string.Join(',', ours.Containers)],
        model =>
        [
            $"{model.Status.ContainerStatuses?.Count(status => status.Ready) ?? 0}/{model.Spec.Containers.Count}",
            model.Status.ContainerStatuses?.Sum(status => status.RestartCount) ?? 0,
            model.Spec.NodeName, model.Status.PodIP, model.Status.Phase, model.Status.QosClass,
            string.Join(',', model.Spec.Containers.Select(container => container.Image)), string.Join(',', model.Spec.Containers.Select(container => container.Name)),
        ]);

    [Fact]
    public Task Nodes() => SameAsync<KubeNode, V1NodeList, V1Node>(
        "nodes",
        stock => stock.CoreV1.ListNodeAsync(cancellationToken: Stop),
        ours => [ours.Version, ours.InternalIp, ours.OsImage, ours.Kernel, ours.ContainerRuntime, ours.Unschedulable],
        model =>
        [
            model.Status.NodeInfo.KubeletVersion, model.Status.Addresses.FirstOrDefault(address => address.Type == "InternalIP")?.Address,
            model.Status.NodeInfo.OsImage, model.Status.NodeInfo.KernelVersion, model.Status.NodeInfo.ContainerRuntimeVersion, model.Spec.Unschedulable ?? false,
        ]);

    [Fact]
    public Task Deployments() => SameAsync<KubeDeployment, V1DeploymentList, V1Deployment>(
        "deployments",
        stock => stock.AppsV1.ListDeploymentForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.Replicas, ours.ReadyReplicas, ours.UpToDate, ours.Available, string.Join(',', ours.Images), ours.Selector],
        model =>
        [
            model.Spec.Replicas ?? 1, model.Status.ReadyReplicas ?? 0, model.Status.UpdatedReplicas ?? 0, model.Status.AvailableReplicas ?? 0,
            string.Join(',', model.Spec.Template.Spec.Containers.Select(container => container.Image)), Labels(model.Spec.Selector.MatchLabels),
        ]);

    [Fact]
    public Task StatefulSets() => SameAsync<KubeStatefulSet, V1StatefulSetList, V1StatefulSet>(
        "statefulsets",
        stock => stock.AppsV1.ListStatefulSetForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.Replicas, ours.ReadyReplicas],
        model => [model.Spec.Replicas ?? 1, model.Status.ReadyReplicas ?? 0]);

    [Fact]
    public Task DaemonSets() => SameAsync<KubeDaemonSet, V1DaemonSetList, V1DaemonSet>(
        "daemonsets",
        stock => stock.AppsV1.ListDaemonSetForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.Desired, ours.Current, ours.Ready, ours.UpToDate, ours.Available],
        model => [model.Status.DesiredNumberScheduled, model.Status.CurrentNumberScheduled, model.Status.NumberReady, model.Status.UpdatedNumberScheduled ?? 0, model.Status.NumberAvailable ?? 0]);

    [Fact]
    public Task Services() => SameAsync<KubeService, V1ServiceList, V1Service>(
        "services",
        stock => stock.CoreV1.ListServiceForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.Type, ours.ClusterIp, ours.Selector],
        model => [model.Spec.Type, model.Spec.ClusterIP, Labels(model.Spec.Selector)]);

    [Fact]
    public Task ConfigMaps() => SameAsync<KubeConfigMap, V1ConfigMapList, V1ConfigMap>(
        "configmaps",
        stock => stock.CoreV1.ListConfigMapForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.DataCount, ours.Immutable],
        model => [(model.Data?.Count ?? 0) + (model.BinaryData?.Count ?? 0), model.Immutable ?? false]);

    [Fact]
    public Task Claims() => SameAsync<KubePersistentVolumeClaim, V1PersistentVolumeClaimList, V1PersistentVolumeClaim>(
        "persistentvolumeclaims",
        stock => stock.CoreV1.ListPersistentVolumeClaimForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.State, ours.Volume, ours.StorageClass, ours.VolumeMode],
        model => [model.Status.Phase, model.Spec.VolumeName, model.Spec.StorageClassName, model.Spec.VolumeMode]);

    [Fact]
    public Task Jobs() => SameAsync<KubeJob, V1JobList, V1Job>(
        "jobs",
        stock => stock.BatchV1.ListJobForAllNamespacesAsync(cancellationToken: Stop),
        ours => [ours.Succeeded, ours.Failed, ours.Active, ours.StartTime?.ToUniversalTime(), ours.CompletionTime?.ToUniversalTime()],
        model => [model.Status.Succeeded ?? 0, model.Status.Failed ?? 0, model.Status.Active ?? 0, model.Status.StartTime?.ToUniversalTime(), model.Status.CompletionTime?.ToUniversalTime()],
        """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"done","namespace":"web"},"spec":{"template":{"spec":{"containers":[{"name":"a","image":"b"}]} } },
         "status":{"succeeded":2,"failed":1,"startTime":"2026-01-02T03:04:05Z","completionTime":"2026-01-02T03:05:05Z"} }
        """);

    /// <summary>Every object of the kind says what its model says, in what all objects have and in the kind's own columns.</summary>
    private static async Task SameAsync<TObject, TList, TModel>(string plural, Func<IKubernetes, Task<TList>> list, Func<TObject, object?[]> ours, Func<TModel, object?[]> theirs, string? more = null)
        where TObject : KubeObject
        where TList : IItems<TModel>
        where TModel : IKubernetesObject<V1ObjectMeta>
    {
        await using var session = await TypedSession.StartAsync();
        if (more is not null)
            session.Cluster.Store.Add(more);
        using var stock = session.Stock();
        var models = (await list(stock)).Items;
        var objects = (await session.ReadAsync(plural)).Cast<TObject>().ToDictionary(item => item.Uid!);

        Assert.NotEmpty(models);
        Assert.Equal(models.Count, objects.Count);
        Assert.All(models, model =>
        {
            var item = objects[model.Uid()];
            Assert.Equal(
                [model.Name(), model.Namespace(), model.ResourceVersion(), model.CreationTimestamp()?.ToUniversalTime(), Labels(model.Labels())],
                new object?[] { item.Name, item.Namespace, item.ResourceVersion, item.CreationTimestamp?.ToUniversalTime(), Labels(item.Labels?.Keys.ToDictionary(key => key, key => (string)item.Labels[key]!)) });
            Assert.Equal(theirs(model), ours(item));
        });
    }

    private static string Labels(IDictionary<string, string>? labels) => string.Join(',', (labels ?? new Dictionary<string, string>()).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
