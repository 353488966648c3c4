using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>How long certificates are good, and when that is worth a look.</summary>
internal static class CertificateTerm
{
    /// <summary>Less time than that is left when nobody has renewed what should have been renewed long ago.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    /// <summary>The end of the first certificate, which is the server's own and not its authorities'; null where it cannot be read.</summary>
    public static DateTimeOffset? OfLeaf(JsonSlice base64) => Ends(base64) is [var first, ..] ? first : null;

    /// <summary>The end of a bundle: that of the authority which is good for longest; null where it cannot be read.</summary>
    public static DateTimeOffset? OfBundle(JsonSlice base64) => Ends(base64) is { Count: > 0 } ends ? ends.Max() : null;

    /// <summary>What is to be said of an end, within a sentence: that it has come, or soon will; null where there is time left.</summary>
    public static string? Text(AttentionScan scan, DateTimeOffset? ends) => ends is not { } end || end - scan.Now > Notice
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{(end <= scan.Now ? "has expired" : "expires")} on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>Says so when a certificate has ended, or soon will.</summary>
    /// <param name="rule">Who looks.</param>
    /// <param name="scan">The cluster.</param>
    /// <param name="subject">What has it.</param>
    /// <param name="what">What it is called, at the beginning of a sentence.</param>
    /// <param name="ends">Its end.</param>
    public static void Judge(AttentionRule rule, AttentionScan scan, FindingSubject subject, string what, DateTimeOffset? ends)
    {
        if (ends is { } end && Text(scan, end) is { } text)
            scan.Add(rule, end <= scan.Now ? FindingSeverity.Error : FindingSeverity.Warning, subject, end <= scan.Now ? end : end - Notice, $"{what} {text}.");
    }

    private static List<DateTimeOffset> Ends(JsonSlice base64)
    {
        var ends = new List<DateTimeOffset>();
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(base64.AsString() ?? "")));
            ends.AddRange(certificates.Select(static one => new DateTimeOffset(one.NotAfter)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // What it is, its user will find out; when it ends, nobody can tell.
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }

        return ends;
    }
}
