using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Changes;
using MultiCluster.Changes.Sending;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Manifests;
using MultiCluster.Tests.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Changes;

/// <summary>Applies against <c>kubectl apply --server-side --dry-run=server</c> on a real API server: the same object, the same conflicts, the same refusals.</summary>
[Trait("Category", "ControlPlane")]
public sealed partial class KubectlApplyTests(KubectlApplyTests.Server server) : IClassFixture<KubectlApplyTests.Server>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string? Kubectl => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    public static TheoryData<string> Names => [.. KubectlApplyCases.All.Select(static one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Kubectl_and_this_module_come_to_the_same(string name)
    {
        Assert.SkipWhen(ControlPlane.Missing is not null, ControlPlane.Missing ?? "");
        Assert.SkipWhen(Kubectl is null, "There is no kubectl in the PATH.");
        var one = KubectlApplyCases.All.Single(one => one.Name == name);
        foreach (var (manager, yaml) in one.Before)
            await server.WriteAsync(manager, ChangeFleet.Manifests(yaml)[0]);

        var (theirs, said) = await KubectlAsync(one.Manifest);
        var ours = await server.ApplyAsync(ChangeFleet.Apply(one.Manifest));

        if (theirs is not null)
        {
            Assert.True(!ours.HasFailed, ours.Message);
            Assert.Equal(Comparable(theirs), Comparable(Encoding.UTF8.GetString(ours.Object!.Root.Raw)));
        }
        else if (ConflictsOf(said) is { Length: > 0 } conflicts)
        {
            Assert.Equal(ChangeOutcome.Conflict, ours.Outcome);
            Assert.Equal(conflicts, ours.Conflicts.Select(static conflict => $"{conflict.Manager} {conflict.Field}").Order(StringComparer.Ordinal));
        }
        else
        {
            Assert.Equal($"{ChangeOutcome.Invalid}: {said}", $"{ours.Outcome}: {said}");
            Assert.Contains(ours.Fault!.Detail.Split(": ")[^1].Split(", ")[0].TrimEnd(')'), said, StringComparison.Ordinal);
        }
    }

    /// <summary>The object that kubectl's apply would leave; null when it is refused, and why.</summary>
    private async Task<(string? Json, string Said)> KubectlAsync(string manifest)
    {
        var start = new ProcessStartInfo(Kubectl!) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["apply", "--server-side", "--field-manager=multicluster-powershell", "--dry-run=server", "--validate=false", "-o", "json", "--show-managed-fields", "-n", ChangeFleet.Namespace, $"--kubeconfig={server.Kubeconfig}", $"--cache-dir={server.CacheFolder}", "-f", "-"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync($"---\n{manifest}"); // what begins with a brace is JSON to kubectl
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode == 0 ? output : null, await errors);
    }

    /// <summary>The conflicts that kubectl tells: one in its line, several in lines of their own.</summary>
    private static string[] ConflictsOf(string said)
    {
        var found = new List<string>();
        var manager = "";
        foreach (var line in said.Split('\n'))
        {
            if (Owner().Match(line) is { Success: true } owner)
            {
                manager = owner.Groups[1].Value;
                if (owner.Groups[2].Value.Trim() is { Length: > 0 } field)
                    found.Add($"{manager} {field}");
            }
            else if (manager.Length > 0 && line.StartsWith("- ", StringComparison.Ordinal))
            {
                found.Add($"{manager} {line[2..].Trim()}");
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>The object without what differs each time.</summary>
    private static string Comparable(string json)
    {
        var root = JsonNode.Parse(json)!;
        var metadata = root["metadata"]!.AsObject();
        if (metadata["uid"]?.ToString() is { } uid)
        {
            root = JsonNode.Parse(root.ToJsonString().Replace(uid, "the-uid", StringComparison.Ordinal))!;
            metadata = root["metadata"]!.AsObject();
        }

        foreach (var member in (string[])["creationTimestamp", "resourceVersion", "selfLink"])
            metadata.Remove(member);
        foreach (var owner in metadata["managedFields"]?.AsArray() ?? [])
            owner!.AsObject().Remove("time");
        foreach (var address in (string[])["clusterIP", "clusterIPs"])
            (root["spec"] as JsonObject)?.Remove(address);
        return Sorted(root)!.ToJsonString(new() { WriteIndented = true });
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject table => new JsonObject(table.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("conflicts? with \"([^\"]+)\"[^:]*(?:at [0-9T:Z-]+)?:(.*)$")]
    private static partial Regex Owner();

    /// <summary>A real API server with the custom kinds and the namespace of the cases.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private ControlPlane? _servers;
        private ApiClient? _client;
        private TestSession? _session;

        public string Kubeconfig => _servers!.Kubeconfigs[0];

        public string CacheFolder => _session!.Folder["kubectl"];

        public async ValueTask InitializeAsync()
        {
            if (ControlPlane.Missing is not null || Kubectl is null)
                return;
            _servers = await ControlPlane.StartAsync();
            var folder = Path.GetDirectoryName(Kubeconfig)!;
            var address = new Uri($"https://127.0.0.1:{int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture) + 2}");
            _client = new ApiClient(address, await File.ReadAllTextAsync(_servers.CaFile), "admin-token");
            _session = TestSession.Offline("nothing");
            await _session.Pool.SelectAsync(new SelectionRequest { All = true, Kubeconfig = _servers.Kubeconfigs });
            await _client.CreateAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"web"}}""");
            await using var made = Stream(ChangeFleet.Apply(KubectlApplyCases.Definitions), new ChangeOptions());
            await made.EndAsync();
            Assert.Empty(made.Faults);

            // A kind is served a moment after it is announced.
            foreach (var path in (string[])["/apis/example.com/v1/shops", "/apis/example.com/v1/boxes"])
                await EventuallyAsync(path);
        }

        public async ValueTask DisposeAsync()
        {
            _client?.Dispose();
            if (_session is not null)
                await _session.DisposeAsync();
            if (_servers is not null)
                await _servers.DisposeAsync();
        }

        /// <summary>Writes as another manager, or this one.</summary>
        internal async Task WriteAsync(string manager, Manifest manifest)
        {
            var kind = await _session!.Pool.Selected[0].Connection!.Session.Kinds.ResolveAsync($"{manifest.ApiVersion}/{manifest.Kind}", Cancelled);
            var path = $"{kind.Path(kind.Namespaced ? ChangeFleet.Namespace : null)}/{manifest.Name}?fieldManager={manager.TrimStart('~')}";
            var (type, query) = manager[0] == '~' ? ("merge-patch+json", "") : ("apply-patch+yaml", "&force=true");
            using var answer = await _client!.SendAsync(HttpMethod.Patch, path + query, Encoding.UTF8.GetString(manifest.Json), contentType: $"application/{type}");
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
        }

        /// <summary>What an apply would do.</summary>
        internal async Task<KubeApplyResult> ApplyAsync(IReadOnlyList<ObjectChange> changes)
        {
            await using var stream = Stream(changes, new ChangeOptions { DryRun = true });
            await stream.EndAsync();
            return stream.Result();
        }

        private ChangeStream Stream(IReadOnlyList<ObjectChange> changes, ChangeOptions options) =>
            new(_session!, new FleetChange([.. _session!.Pool.Selected.Select(static cluster => cluster.Connection!)], changes, options), new FanOutOptions());

        private async Task EventuallyAsync(string path)
        {
            while (true)
            {
                using var answer = await _client!.SendAsync(HttpMethod.Get, path);
                if (answer.IsSuccessStatusCode)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(100), Cancelled);
            }
        }
    }
}
