using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Http.Login;
using MultiCluster.Objects;
using MultiCluster.Objects.Yaml;
using MultiCluster.Resources;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Clusters;

/// <summary>A server that puts into each of its texts what is no text: whatever it says comes out as objects, or as a fault of the right phase.</summary>
public sealed class HostileServerTests : IAsyncDisposable
{
    private const string Version = """{"major":"1","minor":"33","gitVersion":"v1.33.0"}""";
    private const string Core = """{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{"metadata":{"name":""},"versions":[{"version":"v1","freshness":"Current","resources":[{"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list","watch"],"shortNames":["po"],"categories":["all"],"subresources":[{"subresource":"log","verbs":["get"]}]}]}]}]}""";
    private const string Groups = """{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[]}""";
    private const string Pods = """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"","remainingItemCount":0},"items":[{"metadata":{"name":"web","namespace":"shop","uid":"u-1","resourceVersion":"7","creationTimestamp":"2025-01-01T00:00:00Z","labels":{"app":"web"},"annotations":{"note":"text"},"ownerReferences":[{"kind":"ReplicaSet","name":"web-1","uid":"u-2","controller":true}]},"spec":{"nodeName":"n1","containers":[{"name":"app","image":"registry/app:1","resources":{"requests":{"cpu":"100m"}}}]},"status":{"phase":"Running","podIP":"10.0.0.1","startTime":"2025-01-01T00:00:01Z","containerStatuses":[{"name":"app","ready":true,"restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}]}""";
    private const string Refusal = """{"kind":"Status","apiVersion":"v1","metadata":{"continue":"next"},"status":"Failure","message":"it is so","reason":"Because","details":{"name":"web","kind":"pods","causes":[{"reason":"DisruptionBudget","message":"budget","field":"metadata"}],"retryAfterSeconds":1},"code":401}""";

    private readonly ConcurrentDictionary<string, byte[]> _answers = new();
    private readonly WireServer _server;
    private readonly TestSession _session;
    private int _status = 200;

    public HostileServerTests()
    {
        _server = new WireServer(AnswerAsync);
        _session = TestSession.Of(new { server = _server.Url });
        Put("/version", Version);
        Put("/api", Core);
        Put("/apis", Groups);
        Put("/api/v1/pods", Pods);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task In_its_version()
    {
        await SelectAsync();
        foreach (var (what, json) in HostileJson.Of(Version))
        {
            _answers["/version"] = json;
            var found = await _session.Connection("it").TestAsync(TimeSpan.FromSeconds(30), Stop);
            AssertFault(found.Fault, what, FaultPhase.Decode);
            Assert.True(found.Version is null || found.Version.Length > 0 || what.EndsWith("nothing", StringComparison.Ordinal), what);
        }
    }

    [Fact]
    public async Task In_its_discovery()
    {
        await SelectAsync();
        var client = new DiscoveryClient(new DiscoveryTransport(_session.Connection("it").Session.Client), TimeProvider.System);
        foreach (var (what, json) in HostileJson.Of(Core))
        {
            _answers["/api"] = json;
            try
            {
                var snapshot = await client.FetchAsync(Stop);
                Assert.All(snapshot.Notices, notice => HostileJson.AssertShowable(notice.Detail, what));
            }
            catch (FaultException e)
            {
                AssertFault(e.Fault, what, FaultPhase.Decode);
            }
        }
    }

    [Fact]
    public async Task In_its_objects()
    {
        await SelectAsync();
        foreach (var (what, json) in HostileJson.Of(Pods))
        {
            _answers["/api/v1/pods"] = json;
            var answer = await _session.ReadAsync("pods");
            foreach (var fault in answer.Faults)
                AssertFault(fault, what, FaultPhase.Decode);
            foreach (var pod in answer.Objects)
                Touch(pod, what);
        }
    }

    [Fact]
    public async Task With_a_list_that_leads_to_itself()
    {
        await SelectAsync();
        Put("/api/v1/pods", Pods.Replace("\"continue\":\"\"", "\"continue\":\"again\"", StringComparison.Ordinal));

        var answer = await _session.ReadAsync("pods");

        Assert.Equal(2, answer.Objects.Count);
        AssertFault(answer.Fault("it"), "a circle", FaultPhase.Decode);
        Assert.Contains("leads to itself", answer.Fault("it").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_its_watches()
    {
        const string Changed = """{"type":"MODIFIED","object":{"metadata":{"name":"web","namespace":"shop","uid":"u-1","resourceVersion":"8","annotations":{"k8s.io/initial-events-end":"true"}},"spec":{"nodeName":"n2","tolerations":[{"key":"a"}]}}}""";
        var kind = new ResourceKind { Group = "", Version = "v1", Kind = "Pod", Plural = "pods", Singular = "pod", Namespaced = true };
        var answer = new ListAnswer(ClusterIdentity.Of("/kube/config", "it"), kind, metadataOnly: false, TimeProvider.System);
        KubeObject? before = null;
        foreach (var (what, line) in HostileJson.Of(Changed))
        {
            using var reader = new WatchReader(new MemoryStream([.. line, (byte)'\n']), asTable: false, 8 * 1024 * 1024);
            var lines = new List<WatchLine>();
            try
            {
                while (await reader.ReadAsync(lines, Stop))
                {
                }
            }
            catch (FaultException e)
            {
                AssertFault(e.Fault, what, FaultPhase.Decode);
            }

            foreach (var happened in lines.Where(static happened => happened.Type != WatchLineType.Other))
            {
                HostileJson.AssertWhole($"{happened.ResourceVersion}{happened.EndsInitialEvents}");
                var now = answer.Of(happened.Json, happened.Index, []);
                Touch(now, what);
                foreach (var path in ChangedPaths.Between((before ?? now).Root, now.Root))
                    HostileJson.AssertWhole(path);
                before = now;
            }
        }

        Assert.NotNull(before);
    }

    [Theory]
    [InlineData(401, FaultPhase.Unauthorized)]
    [InlineData(403, FaultPhase.Forbidden)]
    [InlineData(404, FaultPhase.NotFound)]
    [InlineData(409, FaultPhase.Conflict)]
    [InlineData(422, FaultPhase.Invalid)]
    [InlineData(500, FaultPhase.Server)]
    public async Task In_its_errors(int status, FaultPhase phase)
    {
        using var monitor = new AuthMonitor(static _ => Task.FromResult<ProbeOutcome>(new ProbeOutcome.Rejected(new Fault { Phase = FaultPhase.Unauthorized, Detail = "no" })), new TestClock());
        await SelectAsync();
        var client = _session.Connection("it").Session.Client;
        _status = status;
        var request = new ApiRequest(HttpMethod.Get, "/api/v1/pods") { SkipAuthGate = true, Kind = RequestKind.Probe };
        foreach (var (what, json) in HostileJson.Of(Refusal))
        {
            _answers["/api/v1/pods"] = json;
            var fault = (await Assert.ThrowsAsync<FaultException>(() => client.GetBytesAsync(request, Stop))).Fault;
            AssertFault(fault, what, phase, FaultPhase.KindNotFound);
            Assert.Equal(status, fault.HttpStatus);
        }

        Assert.Equal(status == 401, _session.Connection("it").AuthState != AuthState.Valid);
    }

    [Theory]
    [InlineData("Warning: 299 - \"\u001b[31m \ud83d\ude00 \u0085 text\"")]
    [InlineData("Retry-After: 99999999999999999999")]
    [InlineData("Content-Encoding: \u00ff, \u0001")]
    [InlineData("Location: \u00ff://\u202e")]
    [InlineData("Audit-Id: \u00ff")]
    [InlineData("X-Long: 1")]
    public async Task In_its_headers(string header)
    {
        foreach (var status in new[] { 200, 302, 401, 429, 500 })
        {
            await using var server = new WireServer(exchange => exchange.AnswerAsync(status, Version, header.Replace("Long: 1", "Long: " + new string('x', 100_000), StringComparison.Ordinal) + "\r\n", "application/json; charset=\u00ff"));
            await using var session = TestSession.Of(new { server = server.Url });
            await session.SelectAsync("it");

            var found = await session.Connection("it").TestAsync(TimeSpan.FromSeconds(30), Stop);

            AssertFault(found.Fault, header, FaultPhase.Decode, FaultPhase.Unauthorized, FaultPhase.Throttled, FaultPhase.Server);
        }
    }

    private async Task SelectAsync()
    {
        await _session.Pool.Preferences.UpdateAsync(new PreferenceChange { Qps = 100_000 }.ApplyTo("*"), Stop);
        await _session.SelectAsync("it");
    }

    private static void AssertFault(Fault? fault, string what, params FaultPhase[] phases)
    {
        if (fault is null)
            return;
        Assert.True(phases.Contains(fault.Phase), $"{what}: {fault.Phase}: {fault.Message}");
        Assert.False(fault.Advice?.Contains("defect of the module", StringComparison.Ordinal), $"{what}: {fault.Message} {fault.Cause}");
        HostileJson.AssertShowable(fault.Message, what);
        HostileJson.AssertShowable(fault.Advice, what);
    }

    /// <summary>Asks an object for all it has, as a view or a script would.</summary>
    private static void Touch(KubeObject item, string what)
    {
        foreach (var property in item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            try
            {
                HostileJson.AssertWhole(Convert.ToString(property.GetValue(item), CultureInfo.InvariantCulture));
            }
            catch (TargetInvocationException e)
            {
                Assert.Fail($"{what}: {property.Name}: {e.InnerException}");
            }
        }

        HostileJson.AssertWhole($"{item} {item.ToJson()}");
        if (what.EndsWith("a megabyte", StringComparison.Ordinal))
            return; // a fifth of a second each
        try
        {
            HostileJson.AssertWhole(KubeYamlWriter.Write(item));
        }
        catch (FaultException e)
        {
            AssertFault(e.Fault, what, FaultPhase.Invalid);
        }
    }

    private void Put(string path, string json) => _answers[path] = Encoding.UTF8.GetBytes(json);

    private async Task AnswerAsync(WireExchange exchange)
    {
        var path = exchange.Head.Split(' ', '?')[1];
        await SendAsync(exchange, _status, _answers.GetValueOrDefault(path, "{}"u8.ToArray()));
    }

    // In one piece: the end of an answer that comes after its head waits for the client's acknowledgement.
    private static Task SendAsync(WireExchange exchange, int status, byte[] body) =>
        exchange.SendBytesAsync([.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
}
