using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>
/// The TLS connection to an https proxy. kubectl trusts a proxy whom the cluster's certificate authority vouches for; one that the system
/// trusts will do here as well, for what matters is encrypted once more on its way through. The proxy is never shown the client's certificate.
/// </summary>
internal static class ProxyTls
{
    /// <summary>Encrypts <paramref name="network"/>, a connection to the proxy.</summary>
    /// <exception cref="FaultException">The proxy is not who it should be, or speaks no TLS.</exception>
    public static async Task<Stream> OpenAsync(Stream network, FixedProxy proxy, TransportSettings settings, CancellationToken cancellationToken)
    {
        var tls = new SslStream(network);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = proxy.Address.IdnHost,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                settings.Cluster.InsecureSkipTlsVerify || Check(certificate as X509Certificate2, chain, errors, proxy, settings),
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return new PassingStream(tls);
        }
        catch (Exception exception)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            if (exception is not (AuthenticationException or IOException))
                throw;
            throw new FaultException(Fault(proxy, $"the TLS handshake failed ({MessageText.OneLine(exception.Message, 200)})") with { Cause = exception });
        }
    }

    private static bool Check(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, FixedProxy proxy, TransportSettings settings)
    {
        if (certificate is null)
            throw new FaultException(Fault(proxy, "it showed no certificate"));
        var system = settings.Cluster with { CertificateAuthorityData = null, CertificateAuthorityFile = null };
        Fault? problem = null;
        foreach (var cluster in new[] { system, settings.Cluster })
        {
            problem = new ServerTrust(cluster, proxy.Address.IdnHost, settings.TimeProvider).ProblemOf(certificate, chain, errors);
            if (problem is null)
                return true;
        }

        throw new FaultException(Fault(proxy, problem!.Detail));
    }

    private static Fault Fault(FixedProxy proxy, string detail) => new()
    {
        Phase = FaultPhase.Tls,
        Detail = $"no TLS with the proxy {proxy.Address.Authority}: {detail}",
        Advice = $"Check {proxy.Origin}: the proxy's scheme, name and port; its certificate has to be of the cluster's or of the system's authorities.",
    };
}
