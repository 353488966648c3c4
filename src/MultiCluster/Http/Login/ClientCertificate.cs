using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;

namespace MultiCluster.Http.Login;

/// <summary>A client certificate with its private key, and the intermediates that came with it.</summary>
/// <param name="Leaf">The certificate, with its private key.</param>
/// <param name="Chain">Intermediates in the order they were given, or null.</param>
internal sealed record ClientCertificate(X509Certificate2 Leaf, X509Certificate2Collection? Chain) : IDisposable
{
    /// <summary>What keeps the key on Windows; null elsewhere.</summary>
    private HeldKey? Held { get; init; }

    /// <summary>Reads PEM texts: the leaf first, then intermediates; an RSA or EC key as PKCS#1, PKCS#8 or SEC1.</summary>
    /// <param name="certificate">The certificates and where they come from, for messages.</param>
    /// <param name="key">The key and where it comes from.</param>
    /// <exception cref="FaultException">A text cannot be used, or the key is not the certificate's.</exception>
    public static ClientCertificate Parse(PemText certificate, PemText key)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(certificate.Text);
        }
        catch (CryptographicException)
        {
            throw Unusable($"{certificate.Source} holds a damaged certificate", "Renew the kubeconfig's client certificate.");
        }

        if (certificates.Count == 0)
        {
            throw Unusable(
                $"{certificate.Source} holds no PEM certificate",
                "A client certificate is a PEM text that begins with BEGIN CERTIFICATE.");
        }

        using var leaf = certificates[0];
        certificates.RemoveAt(0);
        try
        {
            return ForHandshake(X509Certificate2.CreateFromPem(certificate.Text, key.Text), certificates.Count == 0 ? null : certificates);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or NotSupportedException)
        {
            throw Problem(e, leaf, certificate, key);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
            Held?.Dispose();
        Leaf.Dispose();
        foreach (var certificate in Chain ?? [])
            certificate.Dispose();
    }

    /// <summary>What the runtime's exceptions do not tell apart.</summary>
    internal static FaultException Problem(Exception e, X509Certificate2 leaf, PemText certificate, PemText key)
    {
        // RFC 1421 headers of an encrypted PKCS#1 or SEC1 key.
        if (key.Text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal) || key.Text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return Unusable(
                $"{key.Source} is encrypted",
                "Kubernetes clients cannot ask for a passphrase: decrypt the key (openssl pkey -in key -out plain) or use an exec plugin.");
        }

        if (!key.Text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return Unusable(
                $"{key.Source} holds no PEM private key",
                "A client key is a PEM text that begins with BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or BEGIN EC PRIVATE KEY.");
        }

        var match = KeyMatching.Of(leaf, key.Text);
        if (match == KeyMatch.Different || (match == KeyMatch.Unknown && (e as ArgumentException ?? e.InnerException) is ArgumentException))
            return Unusable($"{key.Source} does not belong to {certificate.Source}", "Give the private key that the client certificate was issued for.");
        var name = leaf.GetKeyAlgorithm() switch { KeyMatching.Rsa => "RSA", KeyMatching.Ec => "EC", _ => null };
        if (name is null)
            return Unusable($"{certificate.Source} is neither an RSA nor an EC certificate", "Use an RSA or EC client certificate.");
        return match == KeyMatch.NoSuchKey
            ? Unusable($"{key.Source} is not a valid {name} private key, which {certificate.Source} needs", "Give the private key that the client certificate was issued for.")
            : Unusable(
                $"this system cannot use {key.Source}, an {name} key, with {certificate.Source}: {MessageText.OneLine(e.Message)}",
                "Log in with a token or an exec plugin here, or with a client certificate of another kind (RSA, EC).");
    }

    private static ClientCertificate ForHandshake(X509Certificate2 certificate, X509Certificate2Collection? chain)
    {
        if (!OperatingSystem.IsWindows())
            return new ClientCertificate(certificate, chain);
        using (certificate)
        {
            var held = HeldKey.Of(certificate);
            return new ClientCertificate(held.Certificate, chain) { Held = held };
        }
    }

    private static FaultException Unusable(string detail, string advice) => CredentialProblems.Unusable(cluster: null, detail, advice);
}

/// <summary>A PEM text and what messages call it: the file or the field, never its content.</summary>
internal readonly record struct PemText(string Text, string Source)
{
    /// <inheritdoc/>
    public override string ToString() => Source;
}
