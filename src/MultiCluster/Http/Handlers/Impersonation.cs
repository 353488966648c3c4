using System.Globalization;
using System.Text;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>The <c>Impersonate-*</c> headers of a kubeconfig's user.</summary>
internal static class Impersonation
{
    private const string TokenPunctuation = "!#$&'*+-.^_`|~";

    /// <summary>Header names with their values, one header line per value.</summary>
    public static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> HeadersOf(KubeconfigUser? user)
    {
        var headers = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        if (user is null)
            return headers;
        if (!string.IsNullOrEmpty(user.Impersonate))
            headers.Add(new("Impersonate-User", [user.Impersonate]));
        if (!string.IsNullOrEmpty(user.ImpersonateUid))
            headers.Add(new("Impersonate-Uid", [user.ImpersonateUid]));
        if (user.ImpersonateGroups.Count > 0)
            headers.Add(new("Impersonate-Group", user.ImpersonateGroups));
        foreach (var (key, values) in user.ImpersonateExtra)
        {
            if (values.Count > 0)
                headers.Add(new($"Impersonate-Extra-{Escape(key)}", values));
        }

        return headers;
    }

    // client-go transport.headerKeyEscape
    private static string Escape(string key)
    {
        var escaped = new StringBuilder(key.Length);
        foreach (var b in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || TokenPunctuation.Contains((char)b))
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.ToString();
    }
}
