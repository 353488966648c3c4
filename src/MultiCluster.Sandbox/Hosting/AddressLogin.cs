using System.Buffers;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>
/// A user's token in the path of a server that speaks http, before the API's own: <c>http://127.0.0.1:6443/as/HEX/api/v1/pods</c>. Clients
/// withhold whatever login they have from such a server. It is written in hexadecimal digits: an address is shown, and no token ever.
/// </summary>
internal static class AddressLogin
{
    private const string Prefix = "/as/";

    /// <summary>The path of the address of whoever has <paramref name="token"/>.</summary>
    public static string Of(string token) => Prefix + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(token));

    /// <summary>Makes it the request's Authorization, unless that has one.</summary>
    public static void Take(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
            return;
        var end = path.IndexOf('/', Prefix.Length) is var next and > 0 ? next : path.Length;
        var digits = path[Prefix.Length..end];
        var token = new byte[digits.Length / 2];
        if (!request.Headers.ContainsKey(HeaderNames.Authorization) && Convert.FromHexString(digits, token, out _, out _) == OperationStatus.Done)
            request.Headers.Authorization = $"Bearer {Encoding.UTF8.GetString(token)}";
        request.Path = path[end..];
    }
}
