using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>What every transport of one cluster is built from.</summary>
internal sealed record TransportSettings(
    KubeconfigCluster Cluster, ServerEndpoint Endpoint, FixedProxy? Proxy, IReadOnlyList<byte[]> RepeatedHeaders, TimeSpan ConnectTimeout, TimeProvider TimeProvider)
{
    /// <summary>Is told of the certificate that a server shows, whatever becomes of it.</summary>
    public Action<X509Certificate2>? Shown { get; init; }

    /// <summary>Is told how long the server took to its first bytes on a connection, and whether they were waited for.</summary>
    public Action<TimeSpan, bool> Answered { get; init; } = static (_, _) => { };
}

/// <summary>
/// One cluster's connections. Replaced as a whole when they keep failing or when the client certificate changes; the old one lives
/// until its last request has ended.
/// </summary>
internal sealed class Transport : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HttpMessageInvoker _invoker;
    private readonly TransportSettings _settings;

    // Its bytes: the credential may dispose the certificate when it gets another one.
    private readonly byte[]? _certificate;
    private int _users;
    private bool _retired;

    public Transport(TransportSettings settings, X509Certificate2? certificate, X509Certificate2Collection? chain)
    {
        _settings = settings;
        _certificate = certificate?.RawData;
        _invoker = new HttpMessageInvoker(NewHandler(settings, certificate, chain));
    }

    /// <summary>True when its connections show <paramref name="certificate"/>, or none when it is null.</summary>
    public bool Shows(X509Certificate2? certificate) => (certificate?.RawData).AsSpan().SequenceEqual(_certificate);

    /// <summary>Takes part; false when it is already being given up.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_retired)
                return false;
            _users++;
            return true;
        }
    }

    /// <summary>Ends taking part.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_users > 0 || !_retired)
                return;
        }

        _invoker.Dispose();
    }

    /// <summary>Takes no further requests; closes the connections when the last one has ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_retired)
                return;
            _retired = true;
            if (_users > 0)
                return;
        }

        _invoker.Dispose();
    }

    /// <summary>Sends; ends when the answer's headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // HTTP/1.1: a list of a large cluster is one body of many megabytes, which SocketsHttpHandler reads faster than through
        // HTTP/2's flow-controlled frames, and each request has a connection of its own: a stalled watch delays no list.
        message.Version = HttpVersion.Version11;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return _invoker.SendAsync(message, cancellationToken);
    }

    /// <summary>
    /// Whether its connections may go on with a TLS session that was begun before. On Windows not where a client certificate is shown: .NET
    /// keeps SChannel's credential of such a session for all the process's connections without a certificate that are otherwise set alike,
    /// and a cluster that has none would be shown another cluster's, or another user's of the same cluster. This sets them apart.
    /// </summary>
    internal static bool MayResume(bool windows, bool hasCertificate) => !windows || !hasCertificate;

    private SocketsHttpHandler NewHandler(TransportSettings settings, X509Certificate2? certificate, X509Certificate2Collection? chain)
    {
        var route = new Route(settings);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = route.LeavesProxyToHandler,
            Proxy = settings.Proxy,
            ConnectTimeout = settings.ConnectTimeout,

            // Load balancers in front of API servers drop idle connections after one to four minutes.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),

            // An answer given up early is cut off, not read to its end.
            MaxResponseDrainSize = 64 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(200),
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectCallback = route.OpenAsync,
            PlaintextStreamFilter = FilterAsync,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        handler.SslOptions.AllowTlsResume = MayResume(OperatingSystem.IsWindows(), certificate is not null);
#pragma warning disable CA5359 // see Accept
        RemoteCertificateValidationCallback check = settings.Cluster.InsecureSkipTlsVerify
            ? Accept
            : new ServerTrust(settings.Cluster, settings.Endpoint.Name, settings.TimeProvider).Validate;
        handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            if (certificate is X509Certificate2 leaf)
                settings.Shown?.Invoke(leaf);
            return check(sender, certificate, chain, errors);
        };
#pragma warning restore CA5359
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        return handler;
    }

    // insecure-skip-tls-verify: the kubeconfig's owner has said so, and the client's IsInsecure lets every caller warn.
    private static bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    // Called when the connection is ready, TLS included.
    private ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(AttemptTimer.Key, out var timer))
            timer.Connected();
        return ValueTask.FromResult(_settings.RepeatedHeaders.Count == 0
            ? context.PlaintextStream
            : new RepeatedHeaderStream(context.PlaintextStream, _settings.RepeatedHeaders));
    }
}
