using System.ComponentModel;
using System.Security.Authentication;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class TlsTests : ApiClientTests
{
    private readonly TestCertificates _ca = new();

    [Fact]
    public async Task The_kubeconfigs_authority_is_trusted()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server()));

        await NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData }).GetBytesAsync(Pods, Cancelled);
    }

    [Fact]
    public async Task The_authority_may_be_a_file_and_a_bundle()
    {
        using var other = new TestCertificates("other-ca");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"# bundle\n{other.Authority.ExportCertificatePem()}\n\n{_ca.Authority.ExportCertificatePem()}\n", Cancelled);
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server()));

        await NewClient(server.Url, c => c with { CertificateAuthorityFile = file }).GetBytesAsync(Pods, Cancelled);

        File.Delete(file);
    }

    [Fact]
    public async Task An_intermediate_in_the_bundle_is_anchor_enough()
    {
        var intermediate = Owned(_ca.Intermediate("intermediate"));
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server(issuer: intermediate)));

        await NewClient(server.Url, c => c with { CertificateAuthorityData = TestCertificates.DataOf(intermediate) }).GetBytesAsync(Pods, Cancelled);
    }

    [Fact]
    public async Task The_servers_own_certificate_in_the_bundle_is_anchor_enough()
    {
        var certificate = Owned(_ca.Server());
        await using var server = new WireServer(WireServer.Always(200), certificate);

        await NewClient(server.Url, c => c with { CertificateAuthorityData = TestCertificates.DataOf(certificate) }).GetBytesAsync(Pods, Cancelled);
    }

    [Fact]
    public async Task An_unknown_authority_is_named()
    {
        using var other = new TestCertificates("rebuilt-ca");
        await using var server = new WireServer(WireServer.Always(200), Owned(other.Server()));

        var fault = await FaultOfAsync(NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData }));

        Assert.Equal(FaultPhase.Tls, fault.Phase);
        Assert.Equal("the server's certificate was issued by an unknown authority (CN=rebuilt-ca), not by the kubeconfig's certificate authority", fault.Detail);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_authority_of_the_same_name_with_another_key_is_not_trusted()
    {
        using var impostor = new TestCertificates();
        await using var server = new WireServer(WireServer.Always(200), Owned(impostor.Server()));

        Assert.Equal(FaultPhase.Tls, (await FaultOfAsync(NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData }))).Phase);
    }

    [Fact]
    public async Task Without_an_authority_the_systems_count()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server()));

        var fault = await FaultOfAsync(NewClient(server.Url));

        Assert.Equal("the server's certificate was issued by an unknown authority (CN=test-ca)", fault.Detail);
        Assert.Equal("Set certificate-authority in the kubeconfig to the cluster's CA.", fault.Advice);
    }

    [Fact]
    public async Task An_expired_certificate_says_since_when()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server(notAfter: new DateTimeOffset(2025, 12, 29, 12, 0, 0, TimeSpan.Zero))));

        var fault = await FaultOfAsync(NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData }));

        Assert.Equal((FaultPhase.Tls, "the server's certificate expired 2 days ago (2025-12-29 12:00 UTC)"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_certificate_for_another_host_says_for_which()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server("kubernetes.default", "10.96.0.1")));

        var fault = await FaultOfAsync(NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData }));

        Assert.Equal((FaultPhase.Tls, "the server's certificate is not for 127.0.0.1 but for kubernetes.default, 10.96.0.1"), (fault.Phase, fault.Detail));
        Assert.Contains("tls-server-name", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tls_server_name_is_asked_for_and_checked()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server("kubernetes.default", "10.96.0.1")));

        await NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData, TlsServerName = "kubernetes.default" }).GetBytesAsync(Pods, Cancelled);

        Assert.Equal("kubernetes.default", server.ServerNames.Single());
    }

    [Fact]
    public async Task Skipping_the_check_accepts_anything_and_is_flagged()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server("elsewhere", "10.0.0.1")));
        var client = NewClient(server.Url, c => c with { InsecureSkipTlsVerify = true });

        await client.GetBytesAsync(Pods, Cancelled);

        Assert.True(client.IsInsecure);
        Assert.False(NewClient(server.Url).IsInsecure);
    }

    [Fact]
    public async Task The_client_certificate_is_shown_and_a_new_one_gets_new_connections()
    {
        await using var server = new WireServer(WireServer.Always(200), Owned(_ca.Server()), asksForCertificate: true);
        var client = NewClient(server.Url, c => c with { CertificateAuthorityData = _ca.AuthorityData });
        Credential.Certificate = Owned(_ca.Client("jane"));
        await client.GetBytesAsync(Pods, Cancelled);
        await client.GetBytesAsync(Pods, Cancelled);

        Credential.Certificate = Owned(_ca.Client("jane-renewed"));
        await client.GetBytesAsync(Pods, Cancelled);

        Assert.Equal(["CN=jane", "CN=jane-renewed"], server.ClientCertificates);
    }

    [Theory]
    [InlineData("error:0A000412:SSL routines::ssl/tls alert bad certificate", true)]
    [InlineData("error:0A000418:SSL routines::tlsv1 alert unknown ca", true)]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", true)]
    [InlineData("error:0A000438:SSL routines::tlsv1 alert internal error", false)]
    public void An_alert_about_the_client_certificate_is_told_from_others(string text, bool isOne) =>
        Assert.Equal(isOne, HandshakeFaults.IsCertificateAlert([new IOException("Decrypt failed"), new InvalidOperationException(text)]));

    [Theory]
    [InlineData(0x80090325, true, false)] // SEC_E_UNTRUSTED_ROOT
    [InlineData(0x80090327, true, false)] // SEC_E_CERT_UNKNOWN
    [InlineData(0x80090328, true, false)] // SEC_E_CERT_EXPIRED
    [InlineData(0x80092010, true, false)] // CRYPT_E_REVOKED
    [InlineData(0x8009030C, true, false)] // SEC_E_LOGON_DENIED
    [InlineData(0x80090302, false, true)] // SEC_E_UNSUPPORTED_FUNCTION
    [InlineData(0x80090331, false, true)] // SEC_E_ALGORITHM_MISMATCH
    [InlineData(0x80090326, false, false)] // SEC_E_ILLEGAL_MESSAGE: of many
    [InlineData(10054, false, false)] // WSAECONNRESET
    public void Windows_tells_alerts_by_codes_in_whatever_language(uint code, bool ofCertificate, bool ofVersion)
    {
        List<Exception> chain = [new IOException("The decryption operation failed, see inner exception."), new Win32Exception(unchecked((int)code), "Die Zertifikatkette wurde nicht angenommen.")];

        Assert.Equal(ofCertificate, HandshakeFaults.IsCertificateAlert(chain));
        Assert.Equal(ofVersion, chain.Exists(TlsAlerts.AreOfVersion));
    }

    [Theory]
    [InlineData(-9825, true, false)] // errSSLPeerBadCert
    [InlineData(-9829, true, false)] // errSSLPeerCertUnknown
    [InlineData(-9831, true, false)] // errSSLPeerUnknownCA
    [InlineData(-9832, true, false)] // errSSLPeerAccessDenied
    [InlineData(-9836, false, true)] // errSSLPeerProtocolVersion
    [InlineData(-9830, false, false)] // errSSLIllegalParam
    [InlineData(-9806, false, false)] // errSSLClosedAbort
    public void So_does_macOS(int code, bool ofCertificate, bool ofVersion)
    {
        List<Exception> chain = [new AuthenticationException("Authentication failed, see inner exception."), new IOException("unbekannt", code)];

        Assert.Equal(ofCertificate, HandshakeFaults.IsCertificateAlert(chain));
        Assert.Equal(ofVersion, chain.Exists(TlsAlerts.AreOfVersion));
    }

    [Fact]
    public async Task A_server_that_speaks_plain_HTTP_is_named()
    {
        // What Go's servers do with a TLS handshake.
        await using var plain = new PlainTextPort("HTTP/1.0 400 Bad Request\r\n\r\nClient sent something else");
        var fault = await FaultOfAsync(NewClient($"https://127.0.0.1:{plain.Port}"));

        Assert.Equal((FaultPhase.Tls, "the server answers plain HTTP where TLS is expected"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task A_handshake_that_is_cut_off_is_a_TLS_fault()
    {
        await using var plain = new PlainTextPort("");

        var fault = await FaultOfAsync(NewClient($"https://127.0.0.1:{plain.Port}"));

        Assert.Equal((FaultPhase.Tls, "the server ended the TLS handshake"), (fault.Phase, fault.Detail));
    }

    [Fact]
    public async Task What_speaks_no_HTTP_is_a_decode_fault()
    {
        await using var plain = new PlainTextPort("SSH-2.0-OpenSSH_9.6\r\n");

        var fault = await FaultOfAsync(NewClient($"http://127.0.0.1:{plain.Port}"));

        Assert.Equal((FaultPhase.Decode, $"what answers at 127.0.0.1:{plain.Port} does not speak HTTP/1.1"), (fault.Phase, fault.Detail));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bm8gcGVt")]
    public async Task An_authority_that_cannot_be_read_is_the_kubeconfigs_fault(string data)
    {
        var fault = await FaultOfAsync(NewClient("https://127.0.0.1:1", c => c with { CertificateAuthorityData = data }));

        Assert.Equal(FaultPhase.Kubeconfig, fault.Phase);
        Assert.StartsWith("the certificate authority cannot be read from certificate-authority-data", fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, true)]
    public void On_Windows_connections_that_show_a_client_certificate_share_no_session_with_others(bool windows, bool hasCertificate, bool mayResume) =>
        Assert.Equal(mayResume, Transport.MayResume(windows, hasCertificate));
}
