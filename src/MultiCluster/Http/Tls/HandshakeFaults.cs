using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Says why a TLS handshake failed for another reason than the server's certificate.</summary>
internal static class HandshakeFaults
{
    /// <summary>The fault of the exceptions in <paramref name="chain"/>, outermost first.</summary>
    public static Fault Of(List<Exception> chain, ServerEndpoint endpoint)
    {
        var fault = Fault($"the TLS handshake failed ({MessageText.OneLine(chain[^1].Message, 200)})", "Check what listens on this port, and which TLS versions it speaks (1.2 or 1.3 is needed).");
        if (Says(chain, "Cannot determine the frame size", "wrong version number", "corrupted frame"))
            fault = Fault("the server answers plain HTTP where TLS is expected", $"Check the port, or use http://{endpoint.Authority} as the cluster's server if it is meant to serve unencrypted: no login is sent there.");
        else if (IsCertificateAlert(chain))
            fault = Fault("the server refused the client certificate", "Get a fresh kubeconfig: the client certificate has expired or is of another cluster.");
        else if (chain.Exists(TlsAlerts.AreOfVersion) || Says(chain, "protocol version", "no protocols", "unsupported protocol"))
            fault = Fault("the server speaks no TLS version this client accepts", "TLS 1.2 or 1.3 is needed; upgrade what answers there.");
        else if (Says(chain, "Received an unexpected EOF", "0 bytes from the transport"))
            fault = Fault("the server ended the TLS handshake", "Check the port, and whether a firewall or proxy cuts TLS connections.");
        return fault with { Cause = chain[0] };
    }

    /// <summary>True when the server does not accept the client's certificate. With TLS 1.3 it says so after the client's side of the handshake.</summary>
    public static bool IsCertificateAlert(List<Exception> chain) =>
        chain.Exists(TlsAlerts.AreOfCertificate) || (Says(chain, "alert") && Says(chain, "certificate", "unknown ca", "unknown_ca", "access denied"));

    private static bool Says(List<Exception> chain, params ReadOnlySpan<string> texts)
    {
        foreach (var exception in chain)
        {
            foreach (var text in texts)
            {
                if (exception.Message.Contains(text, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static Fault Fault(string detail, string advice) => new() { Phase = FaultPhase.Tls, Detail = detail, Advice = advice };
}
