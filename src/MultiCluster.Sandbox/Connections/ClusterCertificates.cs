using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Sandbox.Connections;

/// <summary>One cluster's certificate authority, and what it signs. P-256 keys: 500 clusters must start in seconds.</summary>
internal sealed class ClusterCertificates : IDisposable
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly string _name;
    private readonly Lazy<X509Certificate2> _authority;
    private readonly DateTimeOffset _now;
    private readonly List<X509Certificate2> _issued = [];
    private readonly Lazy<SslStreamCertificateContext> _server;

    public ClusterCertificates(string clusterName)
    {
        // Certificates are checked against the machine's clock, whatever the simulated one says.
        _now = TimeProvider.System.GetUtcNow();
        _name = clusterName;
        _authority = new(NewAuthority);
        _server = new(() => IssueServer("127.0.0.1", _now.AddYears(1)));
    }

    public string CaPem => field ??= _authority.Value.ExportCertificatePem();

    public SslStreamCertificateContext Server => _server.Value;

    /// <summary>A server certificate for a host (an IP address or a name).</summary>
    public SslStreamCertificateContext IssueServer(string host, DateTimeOffset notAfter)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
            names.AddDnsName("localhost");
            names.AddDnsName("kubernetes.default.svc");
        }
        else
        {
            names.AddDnsName(host);
        }
        var certificate = Issue("CN=kube-apiserver", ServerAuthentication, notAfter, names);
        return SslStreamCertificateContext.Create(certificate, [_authority.Value], offline: true);
    }

    /// <summary>PEM texts of a client certificate and its key. The server reads user and groups from CN and O.</summary>
    public (string Certificate, string Key) IssueClient(string user, IEnumerable<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups) subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        var certificate = Issue(subject.Build().Name, ClientAuthentication, _now.AddYears(1), null);
        using var key = certificate.GetECDsaPrivateKey()!;
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>True when this cluster's authority signed the certificate and it is in force.</summary>
    public bool Accepts(X509Certificate2 client)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority.Value);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(client);
    }

    public void Dispose()
    {
        lock (_issued)
            foreach (var certificate in _issued) certificate.Dispose();
        if (_authority.IsValueCreated) _authority.Value.Dispose();
    }

    private X509Certificate2 NewAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={_name}-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(_now.AddDays(-1), _now.AddYears(10));
    }

    private X509Certificate2 Issue(string subject, Oid use, DateTimeOffset notAfter, SubjectAlternativeNameBuilder? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority.Value, true, false));
        if (names is not null) request.CertificateExtensions.Add(names.Build());
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] &= 0x7f;
        using var signed = request.Create(_authority.Value, _now.AddDays(-1), notAfter, serial);
        var certificate = signed.CopyWithPrivateKey(key);
        if (OperatingSystem.IsWindows())
        {
            // Windows' TLS wants a key that is not ephemeral.
            using var ephemeral = certificate;
            certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        }
        lock (_issued) _issued.Add(certificate);
        return certificate;
    }
}
