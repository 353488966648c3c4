using System.Net;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Http;

/// <summary>Each handler of the stack alone: what is under it is the test's.</summary>
public sealed class HandlerTests : ApiClientTests
{
    private static readonly Fault Silent = new() { Phase = FaultPhase.Timeout, Detail = "no answer" };
    private static readonly KubeconfigContext Context = new()
    {
        Identity = ClusterIdentity.Of("/kube/config", "test"),
        Cluster = new KubeconfigCluster { Name = "test", Server = "https://it/" },
        User = new KubeconfigUser { Name = "jane", Impersonate = "bob" },
    };

    private readonly ApiTelemetry _telemetry;
    private readonly CircuitBreaker _breaker;
    private readonly ServerEndpoint _endpoint = new(Context.Cluster);
    private readonly TransportPool _transports;
    private readonly AttemptFailures _failures;
    private readonly CancellationTokenSource _closed = new();

    public HandlerTests()
    {
        _telemetry = new ApiTelemetry(Time);
        _breaker = new CircuitBreaker(Time);
        _transports = Owned(new TransportPool(new TransportSettings(Context.Cluster!, _endpoint, null, [], TimeSpan.FromSeconds(10), Time), _telemetry));
        _failures = new AttemptFailures(Context.Identity, new FaultClassifier(_endpoint, null), _breaker, _transports, _telemetry, Time, _closed.Token);
        Owned(_closed);
    }

    [Fact]
    public async Task Telemetry_names_cluster_and_operation_and_keeps_the_fault()
    {
        var fault = await FaultOfAsync(new TelemetryHandler(_telemetry, Context.Identity), Message(Pods), _ => throw new FaultException(Silent));

        Assert.Equal((Context.Identity, "list pods"), (fault.Cluster, fault.Operation));
        Assert.Same(fault, _telemetry.Snapshot().LastFault);
    }

    [Fact]
    public async Task Retry_sends_a_new_message_each_time_and_gives_up_after_the_third()
    {
        var sent = new List<HttpRequestMessage>();

        await FaultOfAsync(new RetryHandler(Time, static () => 0, _telemetry), Message(Pods), message =>
        {
            sent.Add(message);
            ApiExchange.Of(message).NewTimer(default, Cancelled).Dispose();
            throw new FaultException(Silent with { HttpStatus = 503 });
        });

        Assert.Equal(4, sent.Distinct().Count());
        Assert.Single(sent.Select(ApiExchange.Of).Distinct());
    }

    [Fact]
    public async Task An_attempt_is_in_flight_until_it_fails_and_makes_a_fault_of_what_is_thrown()
    {
        var during = 0L;

        var fault = await FaultOfAsync(new AttemptHandler(_failures, _telemetry, _closed.Token), Message(Pods), _ =>
        {
            during = _telemetry.Snapshot().InFlight;
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        });

        Assert.Equal((1, 0), (during, _telemetry.Snapshot().InFlight));
        Assert.Equal((FaultPhase.Connect, ConnectFaults.LostReason), (fault.Phase, fault.Reason));
    }

    [Fact]
    public async Task An_attempt_whose_caller_has_given_up_is_cancelled_whatever_is_thrown()
    {
        using var caller = new CancellationTokenSource();
        using var invoker = Invoker(new AttemptHandler(_failures, _telemetry, _closed.Token), _ =>
        {
            caller.Cancel();
            throw new IOException("the connection is gone");
        });

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => invoker.SendAsync(Message(Pods), caller.Token));

        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Closing_the_client_disconnects_the_attempt()
    {
        var fault = await FaultOfAsync(new AttemptHandler(_failures, _telemetry, _closed.Token), Message(Pods), _ =>
        {
            _closed.Cancel();
            throw new OperationCanceledException();
        });

        Assert.Equal(FaultPhase.ClusterNotSelected, fault.Phase);
    }

    [Fact]
    public async Task The_gate_asks_no_silent_cluster_and_lets_one_attempt_through_after_the_pause()
    {
        _breaker.Failed(Silent, TimeSpan.FromSeconds(30), Time.GetTimestamp(), asking: false);

        Assert.Contains("not asked again", (await FaultOfAsync(new GateHandler(null, _breaker), Attempt(Pods), Never)).Detail, StringComparison.Ordinal);

        Time.Advance(TimeSpan.FromSeconds(16));
        var asking = Attempt(Pods);
        using var twice = new HttpMessageInvoker(Over(new GateHandler(null, _breaker), Over(new GateHandler(null, _breaker), new Under(static _ => new HttpResponseMessage()))));
        await twice.SendAsync(asking, Cancelled);
        Assert.True(ApiAttempt.Of(asking).IsAsking);
    }

    [Theory]
    [InlineData(nameof(RequestKind.Probe))]
    [InlineData(nameof(RequestKind.Stream))]
    public async Task Probes_and_streams_pass_the_breaker(string kind)
    {
        _breaker.Failed(Silent, TimeSpan.FromSeconds(30), Time.GetTimestamp(), asking: false);

        Assert.NotNull(await SendAsync(new GateHandler(null, _breaker), Attempt(Pods with { Kind = Enum.Parse<RequestKind>(kind) }), static _ => new HttpResponseMessage()));
    }

    [Fact]
    public async Task A_refused_login_sends_nothing_but_its_own_attempts()
    {
        var probing = new TaskCompletionSource<ProbeOutcome>();
        using var monitor = new AuthMonitor(_ => probing.Task, Time);
        monitor.ReportRejected(new Fault { Phase = FaultPhase.Unauthorized, Detail = "refused" });

        Assert.Equal(FaultPhase.Unauthorized, (await FaultOfAsync(new GateHandler(monitor, _breaker), Attempt(Pods), Never)).Phase);
        Assert.NotNull(await SendAsync(new GateHandler(monitor, _breaker), Attempt(Pods with { SkipAuthGate = true }), static _ => new HttpResponseMessage()));
    }

    [Theory]
    [InlineData(nameof(RequestKind.Read), false)]
    [InlineData(nameof(RequestKind.Stream), true)]
    [InlineData(nameof(RequestKind.Download), true)]
    public async Task The_place_is_kept_until_the_body_has_ended_unless_it_may_go_on_for_ever(string kind, bool isFree)
    {
        using var limiter = new RequestLimiter(new RequestLimits(1000, 1000, 1), Time);
        var first = Attempt(Pods with { Kind = Enum.Parse<RequestKind>(kind) });

        await SendAsync(new LimitHandler(limiter), first, static _ => new HttpResponseMessage());

        var next = limiter.AcquireAsync(false, Cancelled);
        Assert.Equal(isFree, next.IsCompleted);
        ApiAttempt.Of(first).Dispose();
        (await next).Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_401_the_login_is_had_anew_once_if_there_may_be_another(bool another)
    {
        Credential.Tokens.Enqueue("old");
        Credential.Tokens.Enqueue("new");
        Credential.HasAnother = another;
        var sent = new List<string?>();

        var fault = await FaultOfAsync(Login(null), Attempt(Pods), message =>
        {
            sent.Add(message.Headers.Authorization?.Parameter);
            throw new FaultException(new Fault { Phase = FaultPhase.Unauthorized, Detail = "no", HttpStatus = 401 });
        });

        Assert.Equal(401, fault.HttpStatus);
        Assert.Equal(another ? ["old", "new"] : ["old"], sent);
    }

    [Theory]
    [InlineData(401, AuthState.Recovering)]
    [InlineData(403, AuthState.Valid)]
    public async Task The_login_is_judged_by_the_answer(int status, AuthState state)
    {
        var probing = new TaskCompletionSource<ProbeOutcome>();
        using var monitor = new AuthMonitor(_ => probing.Task, Time);

        await FaultOfAsync(Login(monitor), Attempt(Pods), _ => throw new FaultException(new Fault { Phase = FaultPhase.Unauthorized, Detail = "no", HttpStatus = status }));

        Assert.Equal(state, monitor.State);
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_is_a_fault()
    {
        var page = await FaultOfAsync(new AnswerHandler(Context, Time), Attempt(Pods), static message => Answer(message, HttpStatusCode.OK, "<html>", "text/html"));
        var refused = await FaultOfAsync(new AnswerHandler(Context, Time), Attempt(Pods), static message => Answer(message, HttpStatusCode.Forbidden, """{"kind":"Status","message":"no pods for you"}"""));

        Assert.Equal(FaultPhase.Decode, page.Phase);
        Assert.Equal(403, refused.HttpStatus);
        Assert.Contains("no pods for you", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wanted_answer_has_its_body_counted()
    {
        var message = Attempt(Pods);

        await SendAsync(new AnswerHandler(Context, Time), message, static asked => Answer(asked, HttpStatusCode.OK, "{}"));

        var body = ApiAttempt.Of(message).Body;
        Assert.Equal(2, await body.ReadAtLeastAsync(new byte[8], 8, throwOnEndOfStream: false, Cancelled));
        Assert.Equal(2, _telemetry.Snapshot().BytesReceived);
    }

    [Fact]
    public async Task Headers_are_the_clusters_and_the_requests()
    {
        var message = Attempt(Pods with { Compress = true, Headers = [KeyValuePair.Create("X-Own", "1")] });

        await SendAsync(new HeadersHandler(new ClusterHeaders(Context, _endpoint)), message, static _ => new HttpResponseMessage());

        Assert.Equal(
            ["Accept-Encoding: gzip", "Accept: application/json", "Impersonate-User: bob", "X-Own: 1"],
            ClusterHeaders.Describe(message).Where(static line => !line.StartsWith("User-Agent", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_sent_is_counted_and_told()
    {
        await using var server = new WireServer(WireServer.Always(404));
        var traces = new List<ApiTrace>();
        var message = Attempt(Pods with { Observer = traces.Add }, new Uri(server.Url + "/api/v1/pods"));
        ApiAttempt.Of(message).Enter(_transports.Enter(null, null));
        using var invoker = new HttpMessageInvoker(new SendHandler(new FaultClassifier(_endpoint, null), _breaker, _telemetry, Time, TimeSpan.FromSeconds(10)));

        using var response = await invoker.SendAsync(message, Cancelled);

        Assert.Equal(404, Assert.Single(traces).Status);
        Assert.Equal((1, 1), (_telemetry.Snapshot().Requests, _telemetry.Snapshot().Status4xx));
        Assert.True(ApiAttempt.Of(message).IsAnswered);
        ApiAttempt.Of(message).Dispose();
    }

    private static HttpResponseMessage Never(HttpRequestMessage message) => throw new InvalidOperationException("It must not be sent.");

    private static HttpResponseMessage Answer(HttpRequestMessage message, HttpStatusCode status, string body, string type = "application/json") =>
        new(status) { RequestMessage = message, Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(type)) };

    private static async Task<Fault> FaultOfAsync(DelegatingHandler handler, HttpRequestMessage message, Func<HttpRequestMessage, HttpResponseMessage> under) =>
        (await Assert.ThrowsAsync<FaultException>(() => SendAsync(handler, message, under))).Fault;

    private static Task<HttpResponseMessage> SendAsync(DelegatingHandler handler, HttpRequestMessage message, Func<HttpRequestMessage, HttpResponseMessage> under) =>
        new HttpMessageInvoker(Over(handler, new Under(under)), disposeHandler: false).SendAsync(message, Cancelled);

    private static HttpMessageInvoker Invoker(DelegatingHandler handler, Func<HttpRequestMessage, HttpResponseMessage> under) => new(Over(handler, new Under(under)));

    private static DelegatingHandler Over(DelegatingHandler handler, HttpMessageHandler inner)
    {
        handler.InnerHandler = inner;
        return handler;
    }

    private LoginHandler Login(AuthMonitor? monitor) => new(Credential, monitor, _transports, Context, _endpoint, Context.Identity);

    private HttpRequestMessage Message(ApiRequest request, Uri? address = null) =>
        new ApiExchange(request, address ?? new Uri("https://it/api/v1/pods"), RequestTimeouts.Default, Time).NewMessage();

    private HttpRequestMessage Attempt(ApiRequest request, Uri? address = null)
    {
        var message = Message(request, address);
        var exchange = ApiExchange.Of(message);
        var attempt = Owned(new ApiAttempt(exchange, exchange.NewTimer(_closed.Token, Cancelled), _failures, _telemetry));
        message.Options.Set(ApiAttempt.Key, attempt);
        message.Options.Set(AttemptTimer.Key, attempt.Timer);
        return message;
    }

    private sealed class Under(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Task.FromResult(answer(request));
            }
            catch (Exception exception)
            {
                return Task.FromException<HttpResponseMessage>(exception);
            }
        }
    }
}
