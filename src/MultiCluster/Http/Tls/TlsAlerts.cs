using System.ComponentModel;

namespace MultiCluster.Http;

/// <summary>Alerts of a server by the codes in which Windows and macOS tell of them: their words are in the language of the system.</summary>
internal static class TlsAlerts
{
    /// <summary>Whether the server does not accept the client's certificate.</summary>
    /// <remarks>Windows: "Schannel error codes for TLS and SSL alerts". macOS: SecureTransport.h.</remarks>
    public static bool AreOfCertificate(Exception exception) => CodeOf(exception) is
        0x80090325 // SEC_E_UNTRUSTED_ROOT: unknown_ca
        or 0x80090327 // SEC_E_CERT_UNKNOWN: bad_certificate, unsupported_certificate, certificate_unknown
        or 0x80090328 // SEC_E_CERT_EXPIRED
        or 0x80092010 // CRYPT_E_REVOKED
        or 0x8009030C // SEC_E_LOGON_DENIED: access_denied
        or (>= unchecked((uint)-9829) and <= unchecked((uint)-9825)) // errSSLPeerCertUnknown, ...Expired, ...Revoked, errSSLPeerUnsupportedCert, errSSLPeerBadCert
        or unchecked((uint)-9831) // errSSLPeerUnknownCA
        or unchecked((uint)-9832); // errSSLPeerAccessDenied

    /// <summary>Whether both sides have no version or cipher of TLS in common.</summary>
    public static bool AreOfVersion(Exception exception) => CodeOf(exception) is
        0x80090302 // SEC_E_UNSUPPORTED_FUNCTION: protocol_version
        or 0x80090331 // SEC_E_ALGORITHM_MISMATCH: insufficient_security
        or unchecked((uint)-9801) // errSSLNegotiation
        or unchecked((uint)-9836); // errSSLPeerProtocolVersion

    private static uint CodeOf(Exception exception) => (uint)(exception is Win32Exception { NativeErrorCode: var code } ? code : exception.HResult);
}
