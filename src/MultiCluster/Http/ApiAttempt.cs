using System.Net.Http.Headers;
using System.Threading.RateLimiting;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>One attempt at a call: from its turn under the limits to the end of its answer's body. Owns everything that must be given back.</summary>
internal sealed class ApiAttempt : IDisposable
{
    private readonly ApiLink _link;
    private readonly ApiCall _call;
    private readonly CallWatch _watch;
    private bool _asking;
    private RateLimitLease? _lease;
    private Transport? _transport;
    private HttpRequestMessage? _message;
    private HttpResponseMessage? _response;
    private long _sentAt;
    private int _ended;
    private bool _answered;
    private bool _handedOut;
    private volatile bool _disposed;

    private ApiAttempt(ApiLink link, ApiCall call, bool asking, CancellationToken cancellationToken)
    {
        _link = link;
        _call = call;
        _asking = asking;
        _sentAt = link.Time.GetTimestamp();
        _watch = call.NewAttempt(link.Closed, cancellationToken);
        link.Telemetry.Began();
    }

    /// <summary>The bounds of its waits.</summary>
    public CallWatch Watch => _watch;

    /// <summary>Runs one attempt; ends when a 2xx answer's headers are there.</summary>
    /// <exception cref="FaultException">Anything else, without cluster and operation.</exception>
    public static async ValueTask<ApiResponse> RunAsync(ApiLink link, ApiCall call, CancellationToken cancellationToken)
    {
        var asking = Enter(link, call);
        var attempt = new ApiAttempt(link, call, asking, cancellationToken);
        try
        {
            if (await attempt.GuardAsync(static attempt => attempt.TakeTurnAsync()).ConfigureAwait(false) && !asking)
                attempt._asking = Enter(link, call);
            return await attempt.GuardAsync(static attempt => attempt.SendAsync()).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            attempt.Dispose();
            if (exception is FaultException)
                throw;
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            call.EndAttempt(attempt._watch.Waited);
        }
    }

    /// <summary>What became of a read of the body that threw: the caller's cancellation, or a fault that is counted.</summary>
    public Exception OfBody(Exception exception, CancellationToken readToken)
    {
        if (readToken.IsCancellationRequested)
            return new OperationCanceledException(exception.Message, exception, readToken);
        if (_watch.Expiry == Expiry.None && _watch.Caller.IsCancellationRequested)
            return new OperationCanceledException(exception.Message, exception, _watch.Caller);
        if (_disposed)
            return new ObjectDisposedException("The answer has been disposed.", exception);
        var fault = _call.Complete(Failed(exception), _link.Options.Identity);
        _link.Telemetry.Faulted(fault);
        return new FaultException(fault);
    }

    /// <summary>The body has been read to its end: the place among the concurrent requests is free.</summary>
    public void BodyEnded()
    {
        // An error's body is read here: what it means must be known before the next call takes the place.
        if (_handedOut)
            GivePlaceBack();
    }

    /// <summary>Bytes of the body have arrived.</summary>
    public void Received(int bytes) => _link.Telemetry.Received(bytes);

    public void Dispose()
    {
        _disposed = true;
        GivePlaceBack();
        if (!_answered)
            _link.Breaker.Abandoned(_asking);
        _watch.End();
        _response?.Dispose();
        _message?.Dispose();
        Interlocked.Exchange(ref _transport, null)?.Leave();
        _watch.Dispose();
    }

    // Throws what is known without asking: a refused login, a cluster that does not answer.
    private static bool Enter(ApiLink link, ApiCall call)
    {
        if (!call.Request.SkipAuthGate)
            link.Options.AuthMonitor?.ThrowIfBlocked();
        return call.Request.Kind is not (RequestKind.Probe or RequestKind.Stream) && link.Breaker.Enter(call.Timeouts.Silence);
    }

    // True when it had to wait: others may have found out something meanwhile.
    private async Task<bool> TakeTurnAsync()
    {
        _watch.Begin(Wait.Turn, Timeout.InfiniteTimeSpan);
        var turn = _link.Limiter.AcquireAsync(_call.Request.Kind == RequestKind.Eviction, _watch.Token);
        var waits = !turn.IsCompleted;
        _lease = await turn.ConfigureAwait(false);
        return waits;
    }

    private async Task<ApiResponse> SendAsync()
    {
        var authorization = await AuthorizeAsync().ConfigureAwait(false);
        await SendOnceAsync(authorization).ConfigureAwait(false);
        if (_response!.StatusCode == System.Net.HttpStatusCode.Unauthorized && _link.Credential.TryInvalidate(authorization))
        {
            GiveUpAnswer();
            authorization = await AuthorizeAsync().ConfigureAwait(false);
            await SendOnceAsync(authorization).ConfigureAwait(false);
        }

        return await AcceptAsync(_response!).ConfigureAwait(false);
    }

    private async Task<T> GuardAsync<T>(Func<ApiAttempt, Task<T>> step)
    {
        try
        {
            return await step(this).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_watch.Expiry == Expiry.None && _watch.Caller.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (_watch.Expiry == Expiry.None && _watch.Caller.IsCancellationRequested)
        {
            // The connection that it was making has been ended under it.
            throw new OperationCanceledException(exception.Message, exception, _watch.Caller);
        }
        catch (FaultException exception) when (exception.Fault.HttpStatus is not null || exception.Fault.Phase is FaultPhase.Credential or FaultPhase.Kubeconfig or FaultPhase.Decode)
        {
            if (exception.Fault.Phase is FaultPhase.Credential)
                _link.Options.AuthMonitor?.ReportRejected(exception.Fault);
            throw;
        }
        catch (Exception exception)
        {
            throw new FaultException(Failed(exception));
        }
    }

    private async ValueTask<AuthenticationHeaderValue?> AuthorizeAsync()
    {
        _watch.Begin(Wait.Credential, Timeout.InfiniteTimeSpan);
        var certificate = await _link.Credential.GetClientCertificateAsync(_watch.Token).ConfigureAwait(false);
        _transport = _link.Transports.Enter(certificate, _link.Credential.ClientCertificateChain);
        return await _link.Credential.GetAuthorizationAsync(_watch.Token).ConfigureAwait(false);
    }

    private async Task SendOnceAsync(AuthenticationHeaderValue? authorization)
    {
        _answered = false;
        _message = NewMessage(authorization);
        _sentAt = _link.Time.GetTimestamp();
        _link.Telemetry.Sent();
        try
        {
            _watch.BeginHeaders(_call.Timeouts.Silence, _link.Options.ConnectTimeout);
            _response = await _transport!.SendAsync(_message, _watch).ConfigureAwait(false);
            _answered = true;
            _link.Breaker.Answered();
            var status = (int)_response.StatusCode;
            _link.Telemetry.Answered(status, _link.Time.GetElapsedTime(_sentAt));
            Tell(status, null);
        }
        catch (Exception exception) when (_call.Request.Observer is not null)
        {
            Tell(null, _watch.Expiry == Expiry.None && _watch.Caller.IsCancellationRequested
                ? "cancelled"
                : _link.Classifier.Of(exception, _watch, false).Detail);
            throw;
        }
    }

    private async Task<ApiResponse> AcceptAsync(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var request = _call.Request;
        _watch.BeginBody(_call.Timeouts.Silence, endless: false);
        var stream = await OpenBodyAsync(response).ConfigureAwait(false);
        var body = new ApiBodyStream(stream, this);
        var upgraded = request.Upgrades && status == 101;
        if (upgraded || (response.IsSuccessStatusCode && AnswerCheck.IsWanted(request, response)))
        {
            if (request.Kind is RequestKind.Stream or RequestKind.Download)
            {
                _lease?.Dispose();
                _watch.BeginBody(request.Kind == RequestKind.Stream ? Timeout.InfiniteTimeSpan : _call.Timeouts.Silence, endless: true);
            }

            _link.Options.AuthMonitor?.ReportAccepted();
            _handedOut = true;
            return new ApiResponse(response, body, _link.Time.GetUtcNow());
        }

        var beginning = await AnswerCheck.ReadBeginningAsync(body, _watch.Caller).ConfigureAwait(false);
        var fault = Explained(AnswerCheck.FaultOf(response, beginning, _link.Time.GetUtcNow(), _link.Options.Context.User), status);
        if (status == 401)
            _link.Options.AuthMonitor?.ReportRejected(_call.Complete(fault, _link.Options.Identity));

        // A login page or a proxy that answers in the cluster's place says nothing about the login.
        else if (status is < 500 and not 407 and not 429 && fault.Phase != FaultPhase.Decode)
            _link.Options.AuthMonitor?.ReportAccepted();
        throw new FaultException(request.KeepsAnswer ? fault with { Answer = beginning } : fault);
    }

    private Fault Explained(Fault fault, int status) => status switch
    {
        401 or 403 when _link.Credential.IsWithheld => WithheldLogin.Explain(fault, _link.Options.Context),
        401 when _link.Endpoint.HasLogin => fault with { Advice = LoginAdvice.OfAddress },
        _ => fault,
    };

    private async Task<Stream> OpenBodyAsync(HttpResponseMessage response)
    {
        try
        {
            return await ApiResponse.OpenBodyAsync(response, Compresses).ConfigureAwait(false);
        }
        catch (FaultException) when (!response.IsSuccessStatusCode)
        {
            return Stream.Null; // its status says enough
        }
    }

    private bool Compresses => _call.Request.Compress && !_link.Options.Context.Cluster!.DisableCompression;

    private Fault Failed(Exception exception)
    {
        if (_watch.Expiry == Expiry.None && _link.Closed.IsCancellationRequested)
        {
            return new Fault
            {
                Phase = FaultPhase.ClusterNotSelected,
                Detail = "Cluster disconnected",
                Advice = "Select the cluster again with Select-KubeCluster -Add.",
                Cause = exception,
            };
        }

        var fault = _link.Classifier.Of(exception, _watch, _answered);
        var silence = _watch.Expiry == Expiry.Silence && _watch.Waiting is Wait.Connection or Wait.Headers or Wait.Body;
        var unreachable = fault.Phase is FaultPhase.Dns or FaultPhase.Connect || (fault.Phase == FaultPhase.Timeout && _watch.Expiry == Expiry.None);
        if (!silence && !unreachable)
            return fault;
        _link.Telemetry.TransportFailed();
        if (_transport is { } transport)
            _link.Transports.ReportFailure(transport);

        // A lost connection shows that something is there; the others cost each caller a wait.
        if (fault.Reason == ConnectFaults.LostReason)
            return fault;
        var since = silence ? _link.Time.GetTimestamp() - (long)(_watch.Limit.TotalSeconds * _link.Time.TimestampFrequency) : _sentAt;
        _link.Breaker.Failed(fault, silence ? _call.Timeouts.Silence : null, since, _asking && !_answered);
        if (_call.Request.Kind == RequestKind.Probe)
            _link.Breaker.StillSilent();
        return fault;
    }

    private HttpRequestMessage NewMessage(AuthenticationHeaderValue? authorization)
    {
        var request = _call.Request;
        var message = new HttpRequestMessage(request.Method, _link.Endpoint.At(request.PathAndQuery));
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.Authorization = authorization;
        if (Compresses)
            message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        _link.Headers.AddTo(message);
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType ?? "application/json");
        }

        return message;
    }

    private void GivePlaceBack()
    {
        _lease?.Dispose();
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _link.Telemetry.Ended();
    }

    private void GiveUpAnswer()
    {
        _response?.Dispose();
        _response = null;
        _message?.Dispose();
        Interlocked.Exchange(ref _transport, null)?.Leave();
    }

    private void Tell(int? status, string? problem) => _call.Request.Observer?.Invoke(new ApiTrace
    {
        Method = _message!.Method.Method,
        Url = MessageText.Masked(_message.RequestUri!.AbsoluteUri),
        Attempt = _call.Attempt,
        Status = status,
        Elapsed = _link.Time.GetElapsedTime(_sentAt),
        Problem = problem,
        RequestHeaders = RequestHeaders.Describe(_message),
    });
}
