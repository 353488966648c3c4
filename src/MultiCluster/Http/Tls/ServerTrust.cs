using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Platform;

namespace MultiCluster.Http;

/// <summary>
/// Decides whether a server's certificate is the cluster's, as Go does: every certificate of the kubeconfig's bundle is an anchor,
/// an intermediate or the server's own included, and the name is looked up in the alternative names only.
/// </summary>
internal sealed class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly TimeProvider _time;
    private readonly X509Certificate2Collection? _authorities;
    private readonly string _name;

    /// <summary>Reads the certificate authority.</summary>
    /// <param name="cluster">Its certificate authority may be missing: then the system's authorities count.</param>
    /// <param name="name">The name that the certificate must bear.</param>
    /// <param name="time">The clock that certificates are held against.</param>
    /// <exception cref="FaultException">The certificate authority cannot be read.</exception>
    public ServerTrust(KubeconfigCluster cluster, string name, TimeProvider time)
    {
        _time = time;
        _name = name;
        _authorities = ReadAuthorities(cluster);
    }

    /// <summary>The callback for <see cref="SslClientAuthenticationOptions"/>. Throws the fault, so that it reaches the request that connects.</summary>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
            throw new FaultException(FaultPhase.Tls, "the server showed no certificate");
        var problem = ProblemOf(leaf, chain, errors);
        return problem is null ? true : throw new FaultException(problem);
    }

    /// <summary>What is wrong with a certificate, or null.</summary>
    public Fault? ProblemOf(X509Certificate2 leaf, X509Chain? received, SslPolicyErrors errors)
    {
        var status = _authorities is null
            ? errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? StatusOf(received) : X509ChainStatusFlags.NoError
            : Build(leaf, received, _authorities);
        return TlsFaults.OfChain(leaf, status, _authorities is not null, _time.GetUtcNow())
            ?? (leaf.MatchesHostname(_name, allowWildcards: true, allowCommonName: false) ? null : TlsFaults.WrongName(leaf, _name));
    }

    private X509ChainStatusFlags Build(X509Certificate2 leaf, X509Chain? received, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().LocalDateTime;
        if (received is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(received.ChainPolicy.ExtraStore);
            foreach (var element in received.ChainElements)
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        try
        {
            chain.Build(leaf);
            var status = StatusOf(chain);
            var anchored = chain.ChainElements.Any(element => authorities.Any(a => a.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));

            // An anchor that is not self-signed ends the chain for Go; here it is a partial chain.
            return anchored ? status & ~(X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot) : status;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
                element.Certificate.Dispose();
        }
    }

    private static X509ChainStatusFlags StatusOf(X509Chain? chain) =>
        (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status) is var flags && flags != X509ChainStatusFlags.NoError
            ? flags
            : chain is null ? X509ChainStatusFlags.PartialChain : X509ChainStatusFlags.NoError;

    private static X509Certificate2Collection? ReadAuthorities(KubeconfigCluster cluster)
    {
        var origin = cluster.CertificateAuthorityData is null ? cluster.CertificateAuthorityFile : "certificate-authority-data";
        if (string.IsNullOrEmpty(origin))
            return null;
        try
        {
            var pem = cluster.CertificateAuthorityData is { } data
                ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : SharedFile.ReadAllText(origin);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(pem);
            return authorities.Count > 0 ? authorities : throw Unreadable(origin, "it holds no PEM certificate", null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw Unreadable(origin, MessageText.OneLine(exception.Message), exception);
        }
    }

    private static FaultException Unreadable(string origin, string why, Exception? cause) => new(
        FaultPhase.Kubeconfig,
        $"the certificate authority cannot be read from {origin}: {why}",
        "Check the cluster's certificate-authority in the kubeconfig, or get a fresh kubeconfig.",
        cause);
}
