using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Reads;

namespace MultiCluster.Sandbox.Faults;

internal sealed class StatusFault(Func<SimulatedRequest, StatusError> error) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) => throw error(request);
}

internal sealed class ProxyPageFault(int status) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        var title = status == 200 ? "Sign in" : $"{status} Bad Gateway";
        var page = $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        return Answer.BytesAsync(request.Context, [System.Text.Encoding.UTF8.GetBytes(page)], status, "text/html");
    }
}

internal sealed class SaysFault(ReadOnlyMemory<byte> body, int status, string contentType, string? contentEncoding) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        if (contentEncoding is not null) request.Context.Response.Headers.ContentEncoding = contentEncoding;
        return Answer.BytesAsync(request.Context, [body], status, contentType);
    }
}

internal sealed class MissingKindFault(string plural) : ClusterFault
{
    private ResourceKind? _kind;

    internal override bool ActsOnRequests => false;

    internal override void Added(FaultTarget cluster)
    {
        _kind = cluster.Store.Kinds.Named(plural);
        cluster.Store.Kinds.Remove(plural);
    }

    internal override void Removed(FaultTarget cluster)
    {
        if (_kind is not null) cluster.Store.Kinds.Restore(_kind);
    }
}

internal sealed class ExpiredContinueFault : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        var token = request.Context.Request.Query["continue"].ToString();
        if (token.Length == 0 || ContinueToken.Parse(token) is not { ResourceVersion: >= 0 } consistent) return next();
        throw StatusError.Expired((consistent with { ResourceVersion = -1 }).Encode());
    }
}

internal sealed class BrokenGroupFault : ClusterFault
{
    private readonly string _group;
    private readonly string _version;

    public BrokenGroupFault(string groupVersion)
    {
        var parts = groupVersion.Split('/');
        (_group, _version) = parts.Length == 2 ? (parts[0], parts[1]) : throw new ArgumentException("A group version is group/version.", nameof(groupVersion));
    }

    internal override void Added(FaultTarget cluster) => cluster.Catalog.Break(_group, _version);

    internal override void Removed(FaultTarget cluster) => cluster.Catalog.Mend(_group, _version);

    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        if (request.Info.Group != _group || request.Info.Version != _version) return next();
        // kube-aggregator answers in plain text for an extension server that is down.
        return Answer.TextAsync(request.Context, "service unavailable\n", 503);
    }
}

internal sealed class ClockSkewFault(TimeSpan offset) : ClusterFault
{
    internal override void Added(FaultTarget cluster) => cluster.Clock.Offset += offset;

    internal override void Removed(FaultTarget cluster) => cluster.Clock.Offset -= offset;

    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        request.Context.Response.Headers.Date = request.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        return next();
    }
}

internal sealed class ContentTypeFault(string contentType) : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next)
    {
        request.Context.Response.OnStarting(() =>
        {
            request.Context.Response.ContentType = contentType;
            return Task.CompletedTask;
        });
        return next();
    }
}

internal sealed class HugeObjectsFault(int count, int bytes) : ClusterFault
{
    internal override bool ActsOnRequests => false;

    internal override void Added(FaultTarget cluster)
    {
        for (var i = 1; i <= count; i++) cluster.Store.Add(ConfigMap($"huge-{i}"));
    }

    internal override void Removed(FaultTarget cluster)
    {
        for (var i = 1; i <= count; i++) cluster.Store.Remove("configmaps", "default", $"huge-{i}");
    }

    private JsonObject ConfigMap(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["data"] = new JsonObject { ["blob"] = new string('x', bytes) },
    };
}
