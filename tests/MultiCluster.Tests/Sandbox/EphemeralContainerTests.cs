using System.Text.Json.Nodes;
using MultiCluster.Sandbox;

namespace MultiCluster.Tests.Sandbox;

/// <summary>Containers that are added to a pod that runs.</summary>
public sealed class EphemeralContainerTests : IAsyncLifetime
{
    private const string Pod = "/api/v1/namespaces/default/pods/one";

    private OneCluster _one = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await OneCluster.StartAsync(new FleetOptions { Pods = 0, LogLinesPerSecond = 0 });
        RunningPod.Add(_one);
    }

    public async ValueTask DisposeAsync() => await _one.DisposeAsync();

    [Fact]
    public async Task A_container_is_added_runs_and_can_be_attached_to()
    {
        await AddAsync("""{"name":"debug","image":"busybox","stdin":true,"tty":true,"targetContainerName":"c"}""");
        Assert.NotNull(await StateAsync("debug", "running"));
        using var attached = await ChannelClient.OpenAsync(_one.Client, $"{Pod}/attach?container=debug&stdin=true&stdout=true&tty=true", ChannelClient.V5);
        await attached.SendAsync(0, "echo re''ady\r"); // whether its first prompt comes before this is chance
        await attached.UntilAsync(1, text => text.EndsWith("ready\r\n/ # ", StringComparison.Ordinal));
        await attached.SendAsync(0, "echo yx; hostname\r");
        await attached.UntilAsync(1, text => text.StartsWith("echo yx; hostname\r\nyx\r\none\r\n", StringComparison.Ordinal));
        await attached.SendAsync(0, "exit 5\r");
        await Eventually.TrueAsync(() => State("debug")?["terminated"]?["exitCode"]?.GetValue<int>() == 5);
    }

    [Fact]
    public async Task A_container_runs_its_command_and_ends()
    {
        await AddAsync("""{"name":"debug","image":"busybox","command":["sh","-c","echo hello; exit 3"]}""");
        await Eventually.TrueAsync(() => State("debug")?["terminated"]?["exitCode"]?.GetValue<int>() == 3);
        using var log = await _one.Client.SendAsync(HttpMethod.Get, $"{Pod}/log?container=debug");
        Assert.Equal("hello\n", await log.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_leaves_it_waiting()
    {
        await AddAsync($$"""{"name":"debug","image":"{{ClusterControllers.UnpullableImage}}:1"}""");
        Assert.Equal("ErrImagePull", $"{(await StateAsync("debug", "waiting"))!["reason"]}");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_start_error()
    {
        await AddAsync("""{"name":"debug","image":"busybox","command":["nope"]}""");
        Assert.Equal("StartError", $"{(await StateAsync("debug", "terminated"))!["reason"]}");
    }

    [Theory]
    [InlineData("""{"name":"c","image":"i"}""", "spec.ephemeralContainers[0].name: Duplicate value: \"c\"")]
    [InlineData("""{"name":"d"}""", "spec.ephemeralContainers[0].image: Required value")]
    [InlineData("""{"name":"d","image":"i","targetContainerName":"x"}""", "spec.ephemeralContainers[0].targetContainerName: Not found: \"x\"")]
    public async Task What_cannot_be_added_is_refused(string container, string problem) =>
        Assert.Contains(problem, $"{(await AddAsync(container, 422))["message"]}", StringComparison.Ordinal);

    [Fact]
    public async Task What_is_there_is_not_removed()
    {
        await AddAsync("""{"name":"debug","image":"busybox"}""");
        var status = await _one.Client.PatchAsync($"{Pod}/ephemeralcontainers", """{"spec":{"ephemeralContainers":null}}""", status: 422);
        Assert.Contains("existing ephemeral containers \"debug\" may not be removed", $"{status["message"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_else_of_the_pod_is_changed()
    {
        await _one.Client.PatchAsync($"{Pod}/ephemeralcontainers", """{"metadata":{"labels":{"a":"b"}},"spec":{"ephemeralContainers":[{"name":"debug","image":"busybox"}]}}""");
        Assert.Null((await _one.Client.GetAsync(Pod))["metadata"]!["labels"]);
    }

    private Task<JsonNode> AddAsync(string container, int status = 200) =>
        _one.Client.PatchAsync($"{Pod}/ephemeralcontainers", $$"""{"spec":{"ephemeralContainers":[{{container}}]} }""", "strategic-merge", status);

    private async Task<JsonNode?> StateAsync(string container, string state)
    {
        await Eventually.TrueAsync(() => State(container)?[state] is not null);
        return State(container)![state];
    }

    private JsonNode? State(string container) =>
        _one.Cluster.Store.Find("pods", "default", "one")!.ToJson()["status"]!["ephemeralContainerStatuses"]?.AsArray().FirstOrDefault(one => $"{one!["name"]}" == container)?["state"];
}
