using System.Net.Security;
using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Faults;

/// <summary>
/// Something that goes wrong with a cluster: made by the methods here, narrowed with <see cref="When"/> and <see cref="Times"/>,
/// switched on with <see cref="FaultList.Add"/>.
/// </summary>
public abstract partial class ClusterFault
{
    private Func<RequestInfo, bool>? _condition;
    private int _remaining = int.MaxValue;

    private protected ClusterFault()
    {
    }

    internal virtual ConnectionTreatment Treatment => ConnectionTreatment.Normal;

    internal virtual bool ActsOnRequests => true;

    /// <summary>Connections are refused; those already open are dropped.</summary>
    public static ClusterFault Refuse() => new RefuseFault();

    /// <summary>New connections are accepted and never answered, not even the TLS handshake; nor are requests on open ones.</summary>
    public static ClusterFault BlackHole() => new BlackHoleFault();

    /// <summary>New connections get their first answer some milliseconds later, as over a longer way.</summary>
    public static ClusterFault Far() => new FarFault();

    /// <summary>TLS works, but requests are never answered.</summary>
    public static ClusterFault NeverAnswer() => new NeverAnswerFault();

    /// <summary>Waits before the first byte.</summary>
    public static ClusterFault Latency(TimeSpan delay) => new LatencyFault(delay);

    /// <summary>The body comes <paramref name="bytes"/> at a time, with a pause between.</summary>
    public static ClusterFault Trickle(int bytes, TimeSpan interval) => new TrickleFault(bytes, interval);

    /// <summary>The connection is reset after so many bytes of the body.</summary>
    public static ClusterFault ResetAfter(int bytes) => new CutFault(bytes, CutEnd.Reset);

    /// <summary>The body ends after so many bytes, as if it were whole.</summary>
    public static ClusterFault Truncate(int bytes) => new CutFault(bytes, CutEnd.Clean);

    /// <summary>The body ends after so many bytes, fewer than the Content-Length announced.</summary>
    public static ClusterFault WrongContentLength(int bytes) => new CutFault(bytes, CutEnd.Short);

    /// <summary>After so many bytes the body goes on with what is no JSON.</summary>
    public static ClusterFault MalformedJson(int bytes = 100) => new CutFault(bytes, CutEnd.Garbage);

    /// <summary>The body is announced as something else, such as <c>text/plain</c>.</summary>
    public static ClusterFault ContentType(string contentType) => new ContentTypeFault(contentType);

    /// <summary>A proxy's HTML page instead of the API's answer.</summary>
    public static ClusterFault ProxyPage(int status = 502) => new ProxyPageFault(status);

    /// <summary>These bytes instead of the API's answer; narrow it with <see cref="When"/>.</summary>
    public static ClusterFault Says(ReadOnlyMemory<byte> body, int status = 200, string contentType = "application/json", string? contentEncoding = null) =>
        new SaysFault(body, status, contentType, contentEncoding);

    /// <summary>401, as of a token that expired.</summary>
    public static ClusterFault Unauthorized() => new StatusFault(_ => StatusError.Unauthorized());

    /// <summary>403; narrow it with <see cref="When"/>.</summary>
    public static ClusterFault Forbidden() => new StatusFault(r => StatusError.Forbidden(r.Info, r.User?.Name ?? "system:anonymous"));

    /// <summary>404 for a kind, which discovery does not list either.</summary>
    public static ClusterFault MissingKind(string plural) => new MissingKindFault(plural);

    /// <summary>409; narrow it with <see cref="When"/>.</summary>
    public static ClusterFault Conflict() => new StatusFault(r => StatusError.Stale(r.Info.Resource, r.Info.Group, r.Info.Resource, r.Info.Name));

    /// <summary>410 for every consistent continue token, with a token that goes on inconsistently.</summary>
    public static ClusterFault ExpiredContinue() => new ExpiredContinueFault();

    /// <summary>429, with a <c>Retry-After</c> or without.</summary>
    public static ClusterFault Throttle(TimeSpan? retryAfter = null) => new StatusFault(_ => StatusError.TooManyRequests(retryAfter));

    /// <summary>500.</summary>
    public static ClusterFault InternalError() => new StatusFault(_ => StatusError.Internal());

    /// <summary>503, with a <c>Retry-After</c> or without.</summary>
    public static ClusterFault Unavailable(TimeSpan? retryAfter = null) => new StatusFault(_ => StatusError.Unavailable(retryAfter));

    /// <summary>A group version (<c>metrics.k8s.io/v1beta1</c>) that is announced and answers 503; aggregated discovery calls it stale.</summary>
    public static ClusterFault BrokenGroup(string groupVersion) => new BrokenGroupFault(groupVersion);

    /// <summary>A server certificate that ran out yesterday. For new connections; open ones are dropped.</summary>
    public static ClusterFault ExpiredCertificate() => new ExpiredCertificateFault();

    /// <summary>A server certificate for another host. For new connections; open ones are dropped.</summary>
    public static ClusterFault WrongHostCertificate() => new WrongHostCertificateFault();

    /// <summary>A server certificate that another authority signed. For new connections; open ones are dropped.</summary>
    public static ClusterFault UnknownAuthority() => new UnknownAuthorityFault();

    /// <summary>HTTP without TLS. For new connections; open ones are dropped.</summary>
    public static ClusterFault PlainHttp() => new PlainHttpFault();

    /// <summary>The cluster's clock is off by so much: the Date header, and the times in what is written while it is.</summary>
    public static ClusterFault ClockSkew(TimeSpan offset) => new ClockSkewFault(offset);

    /// <summary>ConfigMaps <c>huge-1</c>... in the namespace default, of about so many bytes each, until the fault is removed.</summary>
    public static ClusterFault HugeObjects(int count = 1, int bytes = 1_000_000) => new HugeObjectsFault(count, bytes);

    /// <summary>Only for requests of which this is true. Returns this fault.</summary>
    public ClusterFault When(Func<RequestInfo, bool> condition)
    {
        _condition = condition;
        return this;
    }

    /// <summary>Only for the next so many requests (or connections) it applies to. Returns this fault.</summary>
    public ClusterFault Times(int count)
    {
        _remaining = count;
        return this;
    }

    internal bool TryUse(SimulatedRequest? request)
    {
        if (request is not null && !Concerns(request)) return false;
        if (_condition is not null && (request is null || !_condition(request.Info))) return false;
        if (Volatile.Read(ref _remaining) == int.MaxValue) return true;
        return Interlocked.Decrement(ref _remaining) >= 0;
    }

    /// <summary>False for requests that such a fault cannot be of.</summary>
    private protected virtual bool Concerns(SimulatedRequest request) => true;

    internal virtual Task OnRequestAsync(SimulatedRequest request, Func<Task> next) => next();

    internal virtual SslStreamCertificateContext? ServerCertificate(FaultTarget cluster) => null;

    internal virtual void Added(FaultTarget cluster)
    {
    }

    internal virtual void Removed(FaultTarget cluster)
    {
    }
}
