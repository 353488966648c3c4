using k8s;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Typed.Transport;

/// <summary>
/// The one way of a typed client to its cluster: an HTTP message in, the engine's own request out, its answer as an HTTP message again.
/// </summary>
internal sealed class ClusterTransport
{
    /// <summary>What only the engine sends: who asks is not the caller's to say.</summary>
    private static readonly string[] Reserved = ["Authorization", "Proxy-Authorization", "Cookie", "Host", "User-Agent", "Accept-Encoding"];

    private readonly ClusterConnection _connection;
    private readonly RequestTimeouts _timeouts;
    private readonly WriteGate _gate;
    private readonly Uri _server;

    /// <exception cref="FaultException">The cluster's context cannot be used, or it is disconnected.</exception>
    public ClusterTransport(ClusterConnection connection, RequestTimeouts timeouts, WriteGate gate)
    {
        _connection = connection;
        _timeouts = timeouts;
        _gate = gate;
        _server = connection.Session.Client.Server;
        Prefix = _server.AbsolutePath.TrimEnd('/');
    }

    /// <summary>The path of the server's address, without a slash at its end.</summary>
    public string Prefix { get; }

    /// <summary>What KubernetesClient is told: an address, no credential, and a transport of its own that reaches nothing.</summary>
    public KubernetesClientConfiguration Configuration() => new()
    {
        Host = _server.AbsoluteUri,
        HttpClientTimeout = Timeout.InfiniteTimeSpan,
        DisableHttp2 = true,
        FirstMessageHandlerSetup = handler => handler.ConnectCallback = (_, _) => ValueTask.FromException<Stream>(Bypass()),
    };

    /// <summary>Sends; ends when a 2xx answer's headers are there.</summary>
    /// <exception cref="FaultException">Everything else.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // Not async: who is asked about a protected cluster is asked on the caller's own thread.
        var request = Read(message);
        return SendAsync(request, message, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(ApiRequest request, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        if (message.Content is { } content)
            request = request with { Body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) };
        var use = _connection.Use();
        try
        {
            var answer = await _connection.Session.Client.SendAsync(request, _timeouts, cancellationToken).ConfigureAwait(false);
            return AnswerContent.Message(answer, message, use);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    private ApiRequest Read(HttpRequestMessage message)
    {
        var uri = message.RequestUri!;
        if (uri.Authority != _server.Authority || !uri.AbsolutePath.StartsWith(Prefix + "/", StringComparison.Ordinal))
            throw Refused($"{uri.GetLeftPart(UriPartial.Path)} is not an address of this cluster's server", "Each client speaks to its own cluster only.");
        var about = TypedRequest.Of(message, Prefix);
        var headers = HeadersOf(message);
        if (about.Changes)
            _gate.Enter(about.Operation);
        return new ApiRequest(message.Method, uri.PathAndQuery[Prefix.Length..])
        {
            Operation = about.Operation,
            Kind = about.Kind,
            Accept = message.Headers.Accept.Count > 0 ? message.Headers.Accept.ToString() : about.Accept,
            ContentType = message.Content?.Headers.ContentType?.ToString(),
            Headers = headers,
            Upgrades = message.Headers.Upgrade.Count > 0,
            KeepsAnswer = true,
        };
    }

    private List<KeyValuePair<string, string>> HeadersOf(HttpRequestMessage message)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in message.Headers.NonValidated)
        {
            if (name.Equals("Accept", StringComparison.OrdinalIgnoreCase))
                continue;
            if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase))
                throw Refused($"the header {name} is the kubeconfig's to decide", "Leave it out, or select a context whose user it describes.");
            headers.AddRange(values.Select(value => KeyValuePair.Create(name, value)));
        }

        return headers;
    }

    private FaultException Bypass() => Refused("a request would have gone past the cluster's own client", "Use the client's operations, or its HttpClient.");

    private FaultException Refused(string detail, string advice) =>
        new(new Fault { Phase = FaultPhase.Invalid, Cluster = _connection.Identity, Detail = detail, Advice = advice });
}
