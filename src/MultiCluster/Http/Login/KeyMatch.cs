using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Http.Login;

/// <summary>How a private key stands to a certificate.</summary>
internal enum KeyMatch
{
    /// <summary>It holds the certificate's public key.</summary>
    Same,

    /// <summary>It holds another public key of the same kind.</summary>
    Different,

    /// <summary>It is of the certificate's kind, and does not hold its public key: an EC key may leave it out.</summary>
    Unknown,

    /// <summary>It is damaged, or of another kind.</summary>
    NoSuchKey,
}

/// <summary>
/// Compares the public keys as they are written, without the platform's cryptography: what that makes of a key and a certificate
/// that do not fit, and of those that it cannot use, are the same exceptions.
/// </summary>
internal static class KeyMatching
{
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string Ec = "1.2.840.10045.2.1";

    private static readonly Asn1Tag EcPublicKey = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>How the first private key of a PEM text stands to <paramref name="certificate"/>.</summary>
    public static KeyMatch Of(X509Certificate2 certificate, string keyPem)
    {
        try
        {
            return KeyOf(keyPem) is var (algorithm, key) && algorithm == certificate.GetKeyAlgorithm()
                ? algorithm == Rsa ? OfRsa(key, certificate.GetPublicKey()) : OfEc(key, certificate.GetPublicKey())
                : KeyMatch.NoSuchKey;
        }
        catch (Exception exception) when (exception is AsnContentException or FormatException)
        {
            return KeyMatch.NoSuchKey;
        }
    }

    // RFC 5958 (PKCS#8), RFC 8017 (PKCS#1), RFC 5915 (SEC1).
    private static (string Algorithm, byte[] Key)? KeyOf(string text)
    {
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            var label = rest[fields.Label];
            if (!label.EndsWith("PRIVATE KEY"))
                continue;
            var bytes = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            switch (label)
            {
                case "RSA PRIVATE KEY":
                    return (Rsa, bytes);
                case "EC PRIVATE KEY":
                    return (Ec, bytes);
                case "PRIVATE KEY":
                    var key = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
                    key.ReadInteger();
                    var algorithm = key.ReadSequence().ReadObjectIdentifier();
                    return algorithm is Rsa or Ec ? (algorithm, key.ReadOctetString()) : null;
                default:
                    return null;
            }
        }

        return null;
    }

    private static KeyMatch OfRsa(byte[] privateKey, byte[] publicKey)
    {
        var mine = new AsnReader(privateKey, AsnEncodingRules.BER).ReadSequence();
        var its = new AsnReader(publicKey, AsnEncodingRules.BER).ReadSequence();
        mine.ReadInteger();
        return mine.ReadInteger() == its.ReadInteger() && mine.ReadInteger() == its.ReadInteger() ? KeyMatch.Same : KeyMatch.Different;
    }

    private static KeyMatch OfEc(byte[] privateKey, byte[] publicKey)
    {
        var mine = new AsnReader(privateKey, AsnEncodingRules.BER).ReadSequence();
        mine.ReadInteger();
        mine.ReadOctetString();
        while (mine.HasData)
        {
            if (mine.PeekTag().HasSameClassAndValue(EcPublicKey))
                return mine.ReadSequence(EcPublicKey).ReadBitString(out _).AsSpan().SequenceEqual(publicKey) ? KeyMatch.Same : KeyMatch.Different;
            mine.ReadEncodedValue();
        }

        return KeyMatch.Unknown;
    }
}
