using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials;

/// <summary>A credential that an exec plugin prints; the plugin's run and its result are shared with other clusters.</summary>
internal sealed class ExecPluginCredential(
    ExecPluginRunner runner, ExecConfig exec, KubeconfigCluster cluster, ClusterIdentity identity, bool interactiveAllowed)
    : ClusterCredential(certificate: null)
{
    private readonly ExecContext _context = new(identity.ClusterId, interactiveAllowed);
    private ExecCredentialResult? _latest;

    /// <inheritdoc/>
    public override X509Certificate2? ClientCertificate => Volatile.Read(ref _latest)?.Certificate;

    /// <inheritdoc/>
    public override X509Certificate2Collection? ClientCertificateChain => Volatile.Read(ref _latest)?.CertificateChain;

    /// <inheritdoc/>
    public override async ValueTask<AuthenticationHeaderValue?> GetAuthorizationAsync(CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken).ConfigureAwait(false)).Authorization;

    /// <inheritdoc/>
    public override async ValueTask<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken).ConfigureAwait(false)).Certificate;

    /// <inheritdoc/>
    public override bool TryInvalidate(AuthenticationHeaderValue? rejected)
    {
        if (Volatile.Read(ref _latest) is { } latest && Equals(latest.Authorization, rejected))
            runner.Invalidate(exec, cluster, _context, latest);
        return true;
    }

    private async Task<ExecCredentialResult> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await runner.GetAsync(exec, cluster, _context, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _latest, result);
            return result;
        }
        catch (FaultException exception)
        {
            // The run may be shared: its fault becomes this cluster's own.
            throw new FaultException(exception.Fault with { Cluster = identity });
        }
    }
}
