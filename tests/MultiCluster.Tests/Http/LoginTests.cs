using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Http;

public sealed class LoginTests : ApiClientTests
{
    private static readonly KubeconfigUser User = new() { Name = "jane", Token = "x" };

    [Fact]
    public async Task A_401_is_tried_once_more_with_a_fresh_credential()
    {
        await using var server = new WireServer(exchange => exchange.AnswerAsync(exchange.Head.Contains("Bearer new", StringComparison.Ordinal) ? 200 : 401));
        Credential.Tokens.Enqueue("old");
        Credential.Tokens.Enqueue("new");
        Credential.HasAnother = true;
        var client = NewClient(server);

        await client.GetBytesAsync(Pods with { Method = HttpMethod.Post, Idempotent = false }, Cancelled);

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(1, Credential.Invalidated);
    }

    [Fact]
    public async Task A_401_without_another_credential_is_a_fault_at_once()
    {
        await using var server = new WireServer(WireServer.Always(401));
        Credential.Tokens.Enqueue("old");

        var fault = await FaultOfAsync(NewClient(server.Url, user: User));

        Assert.Equal((FaultPhase.Unauthorized, 401), (fault.Phase, fault.HttpStatus!.Value));
        Assert.Equal("The kubeconfig's token has expired or was revoked: get a new one.", fault.Advice);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_second_401_blocks_the_calls_that_follow_until_a_probe_gets_through()
    {
        var status = 401;
        await using var server = new WireServer(exchange => exchange.AnswerAsync(status));
        using var monitor = NewMonitor();
        var client = NewClient(server, options => options with { AuthMonitor = monitor });
        Credential.HasAnother = true;

        await FaultOfAsync(client);
        var blocked = await FaultOfAsync(client);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal((AuthState.Recovering, FaultPhase.Unauthorized), (monitor.State, blocked.Phase));
        Assert.Equal("list pods", blocked.Operation);

        status = 200;
        await client.GetBytesAsync(Pods with { Kind = RequestKind.Probe, SkipAuthGate = true }, Cancelled);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Calls_that_wait_for_their_turn_while_the_login_is_refused_are_not_sent()
    {
        var answer = new TaskCompletionSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new WireServer(async exchange =>
        {
            asked.TrySetResult();
            await answer.Task;
            await exchange.AnswerAsync(401);
        });
        using var monitor = NewMonitor();
        var client = NewClient(server, options => options with { AuthMonitor = monitor, Limits = new RequestLimits(50, 100, 1) });
        var first = FaultOfAsync(client);
        await asked.Task;
        var second = FaultOfAsync(client);

        answer.SetResult();

        await first;
        Assert.Equal(FaultPhase.Unauthorized, (await second).Phase);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(200, AuthState.Valid)]
    [InlineData(403, AuthState.Valid)]
    [InlineData(404, AuthState.Valid)]
    [InlineData(500, AuthState.Recovering)]
    [InlineData(429, AuthState.Recovering)]
    public async Task Any_answer_that_shows_a_known_user_ends_the_recovery(int status, AuthState state)
    {
        await using var server = new WireServer(WireServer.Always(status));

        // Its first attempt reports that the server is unreachable, and the next is 15 s away.
        using var monitor = NewMonitor();
        monitor.ReportRejected(new Fault { Phase = FaultPhase.Unauthorized, Detail = "rejected" });
        await Time.WhenTimersAsync(1, Cancelled);
        var client = NewClient(server, options => options with { AuthMonitor = monitor });
        var request = Pods with { Kind = RequestKind.Probe, SkipAuthGate = true };

        if (status == 200)
            await client.GetBytesAsync(request, Cancelled);
        else
            await FaultOfAsync(client, request);

        Assert.Equal(state, monitor.State);
    }

    [Fact]
    public async Task A_login_page_does_not_end_the_recovery()
    {
        await using var server = new WireServer(WireServer.Always(200, "<html></html>", contentType: "text/html"));
        using var monitor = NewMonitor();
        monitor.ReportRejected(new Fault { Phase = FaultPhase.Unauthorized, Detail = "rejected" });
        await Time.WhenTimersAsync(1, Cancelled);

        await FaultOfAsync(NewClient(server, options => options with { AuthMonitor = monitor }), Pods with { Kind = RequestKind.Probe, SkipAuthGate = true });

        Assert.Equal(AuthState.Recovering, monitor.State);
    }

    [Fact]
    public async Task A_credential_that_cannot_be_had_is_the_calls_fault_and_the_monitors()
    {
        await using var server = new WireServer(WireServer.Always(200));
        using var monitor = NewMonitor();
        using var broken = new BrokenCredential();
        var client = NewClient(server, options => options with { AuthMonitor = monitor, Credential = broken });

        var fault = await FaultOfAsync(client);

        Assert.Equal("test: cannot list pods: the plugin failed.", fault.Message);
        Assert.Equal(AuthState.Recovering, monitor.State);
        Assert.Empty(server.Requests);
    }

    private AuthMonitor NewMonitor() => new(
        _ => Task.FromResult<ProbeOutcome>(new ProbeOutcome.Unreachable(new Fault { Phase = FaultPhase.Connect, Detail = "no network" })), Time);

    private sealed class BrokenCredential() : ClusterCredential(null)
    {
        public override ValueTask<System.Net.Http.Headers.AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken) =>
            throw new FaultException(FaultPhase.Credential, "the plugin failed");

        public override bool TryInvalidate(System.Net.Http.Headers.AuthenticationHeaderValue? rejected) => false;
    }
}
