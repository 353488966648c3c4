using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using MultiCluster.Sandbox.Access;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Connections;
using MultiCluster.Sandbox.Faults;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Server;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>One cluster's server: takes each connection and request through its log and its faults to the API.</summary>
internal sealed class ClusterServer(
    ClusterConnections connections, ClusterCertificates? certificates, Authenticator authenticator, FaultList faults, ClusterStore store, ApiServer api)
{
    private int _activeRequests;

    public ClusterConnections Connections => connections;

    /// <summary>False for a server that speaks http.</summary>
    public bool Tls => certificates is not null;

    public RequestLog Requests { get; } = new();

    /// <summary>Requests not answered to the end yet.</summary>
    public int ActiveRequests => Volatile.Read(ref _activeRequests);

    /// <summary>How the next connection's TLS is done.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "A client certificate is checked by the authenticator, against the cluster's own authority.")]
    public SslServerAuthenticationOptions TlsOptions() => new()
    {
        ServerCertificateContext = faults.ServerCertificate() ?? certificates!.Server,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };

    public Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate tls, ConnectionDelegate http)
    {
        connection.Features.Set(this);
        return connections.RunAsync(connection, () => faults.OnConnection() switch
        {
            ConnectionTreatment.Silence => Silence.SwallowAsync(connection),
            ConnectionTreatment.PlainHttp => http(connection),
            ConnectionTreatment.Far => LateAsync(connection, tls),
            _ => tls(connection),
        });
    }

    private static async Task LateAsync(ConnectionContext connection, ConnectionDelegate tls)
    {
        await Task.Delay(FarFault.Delay, connection.ConnectionClosed);
        await tls(connection);
    }

    public async Task OnRequestAsync(HttpContext context)
    {
        if (!Tls)
            AddressLogin.Take(context.Request);
        var record = new RequestRecord(context.Request, store.Time.GetUtcNow());
        Requests.Add(record);
        Interlocked.Increment(ref _activeRequests);
        try
        {
            using var request = new SimulatedRequest(context, store, authenticator.Authenticate(context));
            await AnswerErrorsAsync(context, () => faults.RunAsync(request, () => AnswerErrorsAsync(context, () => api.ServeAsync(request))));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client went away, or a fault dropped it.
        }
        finally
        {
            record.Status = context.Response.StatusCode;
            Interlocked.Decrement(ref _activeRequests);
        }
    }

    private static async Task AnswerErrorsAsync(HttpContext context, Func<Task> serve)
    {
        try
        {
            await serve();
        }
        catch (StatusError error) when (!context.Response.HasStarted)
        {
            await error.WriteAsync(context);
        }
    }
}
