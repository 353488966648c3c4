using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Net.Http.Headers;
using MultiCluster.Sandbox.Connections;

namespace MultiCluster.Sandbox.Access;

/// <summary>Finds the user of a request, in a server's order: client certificate, token, basic.</summary>
internal sealed class Authenticator(IReadOnlyList<SimulatedUser> users, ClusterCertificates certificates)
{
    public const string Anonymous = "system:anonymous";

    /// <summary>The user, or null when the request must be answered with 401.</summary>
    public SimulatedUser? Authenticate(HttpContext context)
    {
        var user = Identify(context);
        if (user is null || context.Request.Headers["Impersonate-User"].ToString() is not { Length: > 0 } impersonated) return user;
        var groups = context.Request.Headers["Impersonate-Group"].Select(g => g ?? "").ToList();
        return users.FirstOrDefault(u => u.Name == impersonated) ?? new SimulatedUser { Name = impersonated, Groups = groups };
    }

    private SimulatedUser? Identify(HttpContext context)
    {
        if (context.Connection.ClientCertificate is { } certificate)
            return certificates.Accepts(certificate) ? Owner(certificate) : null;
        var header = context.Request.Headers[HeaderNames.Authorization].ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return users.FirstOrDefault(u => u.Token is not null && u.Token == header[7..].Trim());
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return Basic(header[6..]);
        return header.Length == 0 && IsPublic(context.Request.Path) ? new SimulatedUser { Name = Anonymous } : null;
    }

    private SimulatedUser? Basic(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded.Trim(), bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return pair.Length == 2 ? users.FirstOrDefault(u => u.Password is not null && u.Name == pair[0] && u.Password == pair[1]) : null;
    }

    private SimulatedUser Owner(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, false);
        var groups = certificate.SubjectName.EnumerateRelativeDistinguishedNames(false)
            .Where(d => !d.HasMultipleElements && d.GetSingleElementType().FriendlyName == "O")
            .Select(d => d.GetSingleElementValue() ?? "").ToList();
        return users.FirstOrDefault(u => u.Name == name && u.Password is null) ?? new SimulatedUser { Name = name, Groups = groups };
    }

    // What the role system:public-info-viewer lets everybody read.
    private static bool IsPublic(string? path) => path is "/version" or "/healthz" or "/livez" or "/readyz";
}
