using Microsoft.Net.Http.Headers;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>
/// A user's token in the path of a server that speaks http, before the API's own: <c>http://127.0.0.1:6443/as/TOKEN/api/v1/pods</c>. Clients
/// withhold whatever login they have from such a server.
/// </summary>
internal static class AddressLogin
{
    private const string Prefix = "/as/";

    /// <summary>The path of the address of whoever has <paramref name="token"/>.</summary>
    public static string Of(string token) => Prefix + Uri.EscapeDataString(token);

    /// <summary>Makes it the request's Authorization, unless that has one.</summary>
    public static void Take(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
            return;
        var end = path.IndexOf('/', Prefix.Length) is var next and > 0 ? next : path.Length;
        if (!request.Headers.ContainsKey(HeaderNames.Authorization))
            request.Headers.Authorization = $"Bearer {Uri.UnescapeDataString(path[Prefix.Length..end])}";
        request.Path = path[end..];
    }
}
