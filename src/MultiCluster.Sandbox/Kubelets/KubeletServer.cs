using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Connections;
using MultiCluster.Sandbox.Logs;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>The port of a kubelet, which an API server asks for logs, commands and ports. It trusts whoever asks: it is for tests, on 127.0.0.1.</summary>
internal sealed class KubeletServer : IAsyncDisposable
{
    private readonly ClusterCertificates _certificates = new("kubelet");
    private readonly ClusterStore _store;
    private readonly ClusterContainers _containers;
    private readonly ClusterLogs _logs;
    private readonly WebApplication _app;

    public KubeletServer(ClusterStore store, ClusterContainers containers, ClusterLogs logs)
    {
        (_store, _containers, _logs) = (store, containers, logs);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Limits.MinResponseDataRate = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(_certificates.Server.TargetCertificate);
            });
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>Begins to listen, and returns the port.</summary>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        await _app.StartAsync(cancellationToken);
        return new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _certificates.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            await (context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
            {
                ["containerLogs", var ns, var pod, var container] => LogAsync(Request(context, ns, pod, "log"), container),
                ["exec", var ns, var pod, .., var container] => CommandAsync(Request(context, ns, pod, "exec"), container, attaches: false),
                ["attach", var ns, var pod, .., var container] => CommandAsync(Request(context, ns, pod, "attach"), container, attaches: true),
                ["portForward", var ns, var pod, ..] => PortsAsync(Request(context, ns, pod, "portforward")),
                ["healthz"] => Answer.TextAsync(context, "ok"),
                _ => Answer.TextAsync(context, "404 page not found\n", 404),
            });
        }
        catch (StatusError error) when (!context.Response.HasStarted)
        {
            // A kubelet's errors are texts; the API server makes a Status of them.
            await Answer.TextAsync(context, error.Message, error.Code);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked went away.
        }
    }

    private SimulatedRequest Request(HttpContext context, string ns, string pod, string subresource) =>
        new(context, _store, user: null) { Info = new RequestInfo("get", context.Request.Path, "", "v1", "pods", ns, pod, subresource) };

    private StreamTarget Target(SimulatedRequest request, string? container)
    {
        var pod = _store.Find("pods", request.Info.Namespace, request.Info.Name) ?? throw new StatusError(404, "NotFound", "pod does not exist");
        return new StreamTarget(pod, pod.ToJson(), container);
    }

    private async Task LogAsync(SimulatedRequest request, string container)
    {
        using (request)
        {
            var target = Target(request, container);
            var run = ContainerRun.Of(target.Json, container, request.Context.Request.Query.Flag("previous"));
            await new LogStream(request, LogOptions.Of(request), target.Pod, container, run, _logs.Of(target.Pod, container, run)).RunAsync();
        }
    }

    private async Task CommandAsync(SimulatedRequest request, string container, bool attaches)
    {
        using (request)
        {
            var options = CommandOptions.OfKubelet(request.Context.Request.Query);
            var target = Target(request, container);
            if (StreamAnswer.Protocol(request.Context, _containers.Protocols) is not { } protocol) return;
            await (attaches
                ? AttachRequests.AnswerAsync(request, target, options, protocol, _containers, _logs)
                : ExecRequests.AnswerAsync(request, target, options, protocol, _containers));
        }
    }

    private async Task PortsAsync(SimulatedRequest request)
    {
        using (request)
        {
            var target = Target(request, container: null);
            if (StreamAnswer.Protocol(request.Context, _containers.Protocols) is not { } protocol) return;
            await PortForwardRequests.AnswerAsync(request, target, PortForwardRequests.Ports(request.Context.Request.Query["port"]), protocol, _containers);
        }
    }
}
