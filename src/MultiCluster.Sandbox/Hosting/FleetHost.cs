using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>One Kestrel with a listener per cluster; a connection knows its cluster as a feature.</summary>
internal static class FleetHost
{
    public static WebApplication Build(IReadOnlyList<SimulatedCluster> clusters)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.AllowSynchronousIO = false;
            options.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
            options.Limits.MinResponseDataRate = null; // A slow reader is a test's right.
            options.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
            options.Limits.Http2.MaxStreamsPerConnection = 250; // As Go's server.
            foreach (var cluster in clusters) options.Listen(new ClusterEndPoint(cluster, 0), listen => Configure(listen, cluster));
        });
        builder.Services.AddSingleton<IConnectionListenerFactory, ClusterTransport>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        // An exception that reaches Kestrel is a mistake of the simulator's own, and must be seen.
        builder.Logging.AddFilter(level => level >= LogLevel.Error).AddProvider(new StandardErrorLog());
        var app = builder.Build();
        app.Run(RequestPipeline.RunAsync);
        return app;
    }

    private static void Configure(ListenOptions listen, SimulatedCluster cluster)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        ConnectionDelegate? http = null;
        listen.Use(tls => connection => cluster.Connections.RunAsync(connection, tls, http!));
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = TimeSpan.FromMinutes(10),
            OnConnection = _ => ValueTask.FromResult(TlsOptions(cluster)),
        });
        listen.Use(next => http = next);
    }

    [SuppressMessage("Security", "CA5359", Justification = "A client certificate is checked by the authenticator, against the cluster's own authority.")]
    private static SslServerAuthenticationOptions TlsOptions(SimulatedCluster cluster) => new()
    {
        ServerCertificateContext = cluster.Faults.ServerCertificate() ?? cluster.Certificates.Server,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };
}
