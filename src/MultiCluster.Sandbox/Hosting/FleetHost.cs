using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>One Kestrel with a listener per cluster; a connection knows its cluster's server as a feature.</summary>
internal static class FleetHost
{
    public static WebApplication Build(IReadOnlyList<ClusterServer> servers)
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
            foreach (var server in servers) options.Listen(new ClusterEndPoint(server.Connections), listen => Configure(listen, server));
        });
        builder.Services.AddSingleton<IConnectionListenerFactory, ClusterTransport>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        // An exception that reaches Kestrel is a mistake of the simulator's own, and must be seen.
        builder.Logging.AddFilter(level => level >= LogLevel.Error).AddProvider(new StandardErrorLog());
        var app = builder.Build();
        app.Run(context => context.Features.GetRequiredFeature<ClusterServer>().OnRequestAsync(context));
        return app;
    }

    private static void Configure(ListenOptions listen, ClusterServer server)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        ConnectionDelegate? http = null;
        listen.Use(tls => connection => server.OnConnectionAsync(connection, tls, http!));
        if (server.Tls)
            UseHttps(listen, server);
        listen.Use(next => http = next);
    }

    private static void UseHttps(ListenOptions listen, ClusterServer server) =>
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = TimeSpan.FromMinutes(10),
            OnConnection = _ => ValueTask.FromResult(server.TlsOptions()),
        });
}

/// <summary>Writes what the host logs to standard error.</summary>
internal sealed class StandardErrorLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.Error.WriteLine($"{formatter(state, exception)}\n{exception}");

    public void Dispose()
    {
    }
}
