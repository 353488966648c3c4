using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Says what is wrong with a server's certificate.</summary>
internal static class TlsFaults
{
    private const int NamesShown = 8;

    /// <summary>The fault of a certificate chain, or null when there is none. With an authority of its own, the kubeconfig names who may sign.</summary>
    public static Fault? OfChain(X509Certificate2 leaf, X509ChainStatusFlags status, bool ownAuthority, DateTimeOffset now)
    {
        if (status == X509ChainStatusFlags.NoError)
            return null;
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return OutOfTime(leaf, now);
        if ((status & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid)) != 0)
            return UnknownAuthority(leaf, ownAuthority);
        return Fault(
            status.HasFlag(X509ChainStatusFlags.NotValidForUsage)
                ? "the server's certificate is not meant for servers (no serverAuth usage)"
                : $"the server's certificate is not accepted ({status})",
            "Have the cluster's serving certificate issued again.");
    }

    /// <summary>The fault of a certificate that does not bear <paramref name="name"/>.</summary>
    public static Fault WrongName(X509Certificate2 leaf, string name)
    {
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(san => san.EnumerateDnsNames().Concat(san.EnumerateIPAddresses().Select(ip => ip.ToString())))
            .ToList();
        var shown = names.Count == 0 ? "no name at all" : MessageText.OneLine(string.Join(", ", names.Take(NamesShown)));
        var more = names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "";
        return Fault(
            $"the server's certificate is not for {name} but for {shown}{more}",
            "Use one of these names in the cluster's server address, or set tls-server-name in the kubeconfig.");
    }

    private static Fault OutOfTime(X509Certificate2 leaf, DateTimeOffset now)
    {
        var from = new DateTimeOffset(leaf.NotBefore);
        var to = new DateTimeOffset(leaf.NotAfter);
        if (now < from)
        {
            return Fault(
                $"the server's certificate is not valid before {At(from)}",
                "Check the clock of this machine.");
        }

        return now > to
            ? Fault(
                $"the server's certificate expired {Ago(now - to)} ago ({At(to)})",
                "Renew the cluster's serving certificate (kubeadm certs renew, or the provider's way).")
            : Fault(
                "an authority in the server's certificate chain has expired",
                "Renew the cluster's certificate authority and get a fresh kubeconfig.");
    }

    private static Fault UnknownAuthority(X509Certificate2 leaf, bool ownAuthority)
    {
        var issuer = MessageText.OneLine(leaf.Issuer, 200);
        var who = leaf.Subject == leaf.Issuer ? $"is self-signed ({issuer})" : $"was issued by an unknown authority ({issuer})";
        return ownAuthority
            ? Fault(
                $"the server's certificate {who}, not by the kubeconfig's certificate authority",
                "Get a fresh kubeconfig: the cluster may have been rebuilt, or something between here and it answers in its place.")
            : Fault(
                $"the server's certificate {who}",
                "Set certificate-authority in the kubeconfig to the cluster's CA.");
    }

    private static Fault Fault(string detail, string advice) => new() { Phase = FaultPhase.Tls, Detail = detail, Advice = advice };

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Ago(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{(int)span.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)span.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)span.TotalMinutes} minutes",
        _ => "less than two minutes",
    };
}
