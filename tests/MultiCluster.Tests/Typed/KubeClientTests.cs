using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MultiCluster.Faults;
using MultiCluster.Sandbox;
using MultiCluster.Typed;
using MultiCluster.Typed.Transport;

namespace MultiCluster.Tests.Typed;

public sealed class KubeClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_of_every_kind_travel_through_the_clusters_own_client()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();

        var version = await client.Version.GetCodeAsync(Stop);
        var pods = await client.CoreV1.ListNamespacedPodAsync("web", cancellationToken: Stop);
        var page = await client.CoreV1.ListPodForAllNamespacesAsync(limit: 5, cancellationToken: Stop);
        var rest = await client.CoreV1.ListPodForAllNamespacesAsync(continueParameter: page.Continue(), cancellationToken: Stop);
        await client.CoreV1.CreateNamespacedConfigMapAsync(TypedSession.ConfigMap("typed"), "web", cancellationToken: Stop);
        var patched = await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"data":{"b":"2"} }""", V1Patch.PatchType.MergePatch), "typed", "web", cancellationToken: Stop);
        using var generic = new GenericClient(client, "", "v1", "configmaps", disposeClient: false);
        var read = await generic.ReadNamespacedAsync<V1ConfigMap>("web", "typed", Stop);
        var deleted = await client.CoreV1.DeleteNamespacedConfigMapAsync("typed", "web", cancellationToken: Stop);

        Assert.Equal(session.Cluster.Version, version.GitVersion);
        Assert.Equal(session.Cluster.Store.List("pods", "web").Select(pod => pod.Name), pods.Items.Select(pod => pod.Name()));
        Assert.Equal(session.Cluster.Store.Count("pods"), page.Items.Count + rest.Items.Count);
        Assert.Equal(["1", "2"], patched.Data.Values);
        Assert.Equal(patched.Data, read.Data);
        Assert.Equal("Success", deleted.Status);
        var requests = session.Cluster.Requests.All;
        Assert.Equal(8, requests.Count);
        Assert.All(requests, request => Assert.Equal(($"Bearer {session.Cluster.AdminToken}", true), (request.Authorization, request.UserAgent.StartsWith("multicluster", StringComparison.OrdinalIgnoreCase))));
    }

    [Fact]
    public async Task A_watch_tells_of_what_happens()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var events = client.CoreV1.WatchListNamespacedConfigMapAsync("watched", cancellationToken: enough.Token).GetAsyncEnumerator(enough.Token);
        var first = events.MoveNextAsync().AsTask();

        session.Cluster.Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"new","namespace":"watched"} }""");

        Assert.True(await first.WaitAsync(Stop));
        Assert.Equal((WatchEventType.Added, "new"), (events.Current.Item1, events.Current.Item2.Name()));
        await enough.CancelAsync();
    }

    [Fact]
    public async Task A_watch_that_the_server_ends_with_an_error_names_the_cluster()
    {
        await using var session = await TypedSession.StartAsync();
        using var client = (KubeClient)session.Client();
        session.Cluster.Faults.Add(ClusterFault.WatchError(410, "Expired", "too old"));

        var fault = Assert.Throws<FaultException>(() => client.CoreV1.WatchListNamespacedConfigMap("web").ToList()).Fault;

        Assert.Equal(("sim-1", 410), (fault.Cluster?.ClusterName, fault.HttpStatus));
    }

    [Fact]
    public async Task Who_is_impersonated_is_sent_and_is_nobody_elses_to_say()
    {
        await using var session = await TypedSession.StartAsync(kubeconfig: text => text.Replace("    token:", "    as: jane\n    token:", StringComparison.Ordinal));
        using IKubernetes client = session.Client();

        await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ListSecretForAllNamespacesAsync(cancellationToken: Stop));

        Assert.Equal("jane", Assert.Single(session.Cluster.Requests.All).Header("Impersonate-User"));
        using var other = new HttpRequestMessage(HttpMethod.Get, new Uri(session.Cluster.Server, "/api/v1/pods"));
        other.Headers.Add("Impersonate-User", "root");
        var fault = await Assert.ThrowsAsync<FaultException>(() => ((Kubernetes)client).HttpClient.SendAsync(other, Stop));
        Assert.Equal("the header Impersonate-User is the kubeconfig's to decide", fault.Fault.Detail);
    }

    [Fact]
    public async Task A_refusal_is_the_librarys_own_exception_with_the_clusters_fault_inside()
    {
        await using var session = await TypedSession.StartAsync(UserKind.Limited);
        using IKubernetes client = session.Client();

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ListNodeAsync(cancellationToken: Stop));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.Response.StatusCode);
        Assert.Equal("Forbidden", Assert.IsType<V1Status>(refusal.Body).Reason);
        var fault = Assert.IsType<FaultException>(refusal.InnerException).Fault;
        Assert.Equal((FaultPhase.Forbidden, "sim-1", "list nodes"), (fault.Phase, fault.Cluster?.ClusterName, fault.Operation));
        Assert.Equal(fault.Message, refusal.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silent_cluster_ends_the_call_within_its_bound(bool inBody)
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Impatient();
        session.Cluster.Faults.Add(inBody ? ClusterFault.Trickle(1, TimeSpan.FromMinutes(1)) : ClusterFault.NeverAnswer());

        var fault = await Assert.ThrowsAsync<FaultException>(() => client.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: Stop));

        Assert.Equal((FaultPhase.Timeout, "sim-1"), (fault.Fault.Phase, fault.Fault.Cluster?.ClusterName));
    }

    [Fact]
    public async Task A_caller_who_gives_up_in_a_stalled_body_is_let_go()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        session.Cluster.Faults.Add(ClusterFault.Trickle(1, TimeSpan.FromMinutes(1)));
        var call = client.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: stop.Token);
        await Support.TestSession.UntilAsync(() => session.Asked.Any(), "the cluster is asked");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(20), Stop));
    }

    [Fact]
    public async Task An_answer_that_fits_no_model_names_the_cluster()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();
        session.Cluster.Faults.Add(ClusterFault.Says("""{"kind":"PodList","items":{} }"""u8.ToArray()));

        var fault = await Assert.ThrowsAsync<FaultException>(() => client.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: Stop));

        Assert.Equal((FaultPhase.Decode, "sim-1"), (fault.Fault.Phase, fault.Fault.Cluster?.ClusterName));
    }

    [Fact]
    public async Task A_log_is_a_stream()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();
        var pod = session.Cluster.Store.List("pods", "web")[0].Name;

        await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(pod, "web", tailLines: 3, cancellationToken: Stop);
        using var reader = new StreamReader(log);

        Assert.Equal(3, (await reader.ReadToEndAsync(Stop)).TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task A_protected_cluster_is_read_and_not_changed_where_nobody_can_be_asked()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client(new KubeClientOptions { Protected = true });

        await client.CoreV1.ListNodeAsync(cancellationToken: Stop);
        var write = await Assert.ThrowsAsync<FaultException>(() => client.CoreV1.CreateNamespacedConfigMapAsync(TypedSession.ConfigMap("no"), "web", cancellationToken: Stop));
        await client.CoreV1.CreateNamespacedConfigMapAsync(TypedSession.ConfigMap("dry"), "web", dryRun: "All", cancellationToken: Stop);

        Assert.Equal((FaultPhase.Protected, "create configmaps in namespace web"), (write.Fault.Phase, write.Fault.Operation));
        Assert.Equal(["GET /api/v1/nodes", "POST /api/v1/namespaces/web/configmaps"], session.Asked);
        Assert.Null(session.Cluster.Store.Find("configmaps", "web", "dry"));
    }

    [Fact]
    public async Task Nothing_goes_past_the_clusters_own_client()
    {
        await using var session = await TypedSession.StartAsync();
        using IKubernetes client = session.Client();

        var elsewhere = await Assert.ThrowsAsync<FaultException>(() => ((Kubernetes)client).HttpClient.GetAsync(new Uri("https://elsewhere.invalid/api"), Stop));
        await ((Kubernetes)client).HttpClient.GetAsync(new Uri(session.Cluster.Server, "/version"), Stop);

        Assert.Equal("https://elsewhere.invalid/api is not an address of this cluster's server", elsewhere.Fault.Detail);
        Assert.Equal($"Bearer {session.Cluster.AdminToken}", Assert.Single(session.Cluster.Requests.All).Authorization);
    }
}
