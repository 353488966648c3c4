using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Connections;

namespace MultiCluster.Sandbox.Faults;

/// <summary>What happens to a connection just accepted.</summary>
internal enum ConnectionTreatment
{
    Normal,

    /// <summary>Nothing is ever sent on it.</summary>
    Silence,

    /// <summary>HTTP without TLS.</summary>
    PlainHttp,

    /// <summary>Its first answer comes late.</summary>
    Far,
}

internal sealed class RefuseFault : ClusterFault
{
    internal override bool ActsOnRequests => false;

    internal override void Added(FaultTarget cluster) => cluster.Connections.Refuse();

    internal override void Removed(FaultTarget cluster) => cluster.Connections.Accept();
}

internal sealed class BlackHoleFault : ClusterFault
{
    internal override ConnectionTreatment Treatment => ConnectionTreatment.Silence;

    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) => Silence.UntilAbortedAsync(request);

    internal override void Removed(FaultTarget cluster) => cluster.Connections.AbortAll();
}

internal sealed class FarFault : ClusterFault
{
    /// <summary>Longer than any server takes for a handshake, and short enough for tests.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(25);

    internal override bool ActsOnRequests => false;

    internal override ConnectionTreatment Treatment => ConnectionTreatment.Far;
}

internal sealed class NeverAnswerFault : ClusterFault
{
    internal override Task OnRequestAsync(SimulatedRequest request, Func<Task> next) => Silence.UntilAbortedAsync(request);

    internal override void Removed(FaultTarget cluster) => cluster.Connections.AbortAll();
}

internal static class Silence
{
    public static Task UntilAbortedAsync(SimulatedRequest request) => Task.Delay(Timeout.Infinite, request.Aborted);

    /// <summary>Reads what comes, and says nothing.</summary>
    public static async Task SwallowAsync(ConnectionContext connection)
    {
        try
        {
            while (true)
            {
                var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away, as it must.
        }
    }
}

/// <summary>A fault of the TLS layer: existing connections are dropped, so that it shows at once.</summary>
internal abstract class TlsFault : ClusterFault
{
    internal override bool ActsOnRequests => false;

    internal override void Added(FaultTarget cluster) => cluster.Connections.AbortAll();

    internal override void Removed(FaultTarget cluster) => cluster.Connections.AbortAll();
}

internal sealed class PlainHttpFault : TlsFault
{
    internal override ConnectionTreatment Treatment => ConnectionTreatment.PlainHttp;
}

internal abstract class CertificateFault : TlsFault
{
    private SslStreamCertificateContext? _certificate;

    internal override void Added(FaultTarget cluster)
    {
        _certificate = Issue(cluster);
        base.Added(cluster);
    }

    internal override SslStreamCertificateContext? ServerCertificate(FaultTarget cluster) =>
        _certificate is not null && TryUse(null) ? _certificate : null;

    private protected abstract SslStreamCertificateContext Issue(FaultTarget cluster);
}

internal sealed class ExpiredCertificateFault : CertificateFault
{
    private protected override SslStreamCertificateContext Issue(FaultTarget cluster) =>
        cluster.Certificates.IssueServer("127.0.0.1", TimeProvider.System.GetUtcNow().AddHours(-12));
}

internal sealed class WrongHostCertificateFault : CertificateFault
{
    private protected override SslStreamCertificateContext Issue(FaultTarget cluster) =>
        cluster.Certificates.IssueServer("api.other-cluster.example.com", TimeProvider.System.GetUtcNow().AddYears(1));
}

internal sealed class UnknownAuthorityFault : CertificateFault
{
    private protected override SslStreamCertificateContext Issue(FaultTarget cluster) => new ClusterCertificates("unknown").Server;
}
