using System.Net;

namespace MultiCluster.Kubeconfig;

/// <summary>A server's address, apart from the name and password that it may hold: <c>https://user:password@host</c>.</summary>
/// <param name="Uri">The address that requests go to, without name and password.</param>
/// <param name="Login">What stood before the <c>@</c>, escaped as it was; null for nothing.</param>
internal sealed record ServerAddress(Uri Uri, string? Login)
{
    /// <summary>True when nothing that is sent there is encrypted.</summary>
    public bool IsPlaintext => Uri.Scheme == Uri.UriSchemeHttp;

    /// <summary>True when it is this machine by its own name for itself: <c>localhost</c>, <c>127.0.0.0/8</c>, <c>::1</c>.</summary>
    public bool IsLoopback => IsLoopbackHost(Uri);

    /// <summary>The address of a cluster; null when it has none that can be used.</summary>
    public static ServerAddress? Of(KubeconfigCluster? cluster) => Of(cluster?.Server);

    /// <summary>The address that <paramref name="text"/> gives; null when it is no http or https address. <see cref="ServerScheme"/> has completed it.</summary>
    public static ServerAddress? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var (address, login) = Split(text.Trim());
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? new ServerAddress(uri, login)
            : null;
    }

    /// <summary>An address, and the name and password in it, as Go parts them: at the last <c>@</c> before the path.</summary>
    public static (string Address, string? Login) Split(string address)
    {
        var start = StartOf(address);
        var end = address.AsSpan(start).IndexOfAny('/', '?', '#');
        var at = (end < 0 ? address : address[..(start + end)]).LastIndexOf('@');
        return at < start ? (address, null) : (address.Remove(start, at + 1 - start), at > start ? address[start..at] : null);
    }

    /// <summary>
    /// An address as it may be shown: without its query, and without what stands before its last <c>@</c>, wherever that is: a password
    /// that is not escaped makes an address of another shape.
    /// </summary>
    /// <param name="address">An address, or what should have been one.</param>
    /// <param name="inPlace">What is shown in the place of what is not.</param>
    public static string Shown(string address, string inPlace = "")
    {
        var query = address.IndexOfAny(['?', '#']);
        var plain = query < 0 ? address : address[..query];
        var at = plain.LastIndexOf('@');
        if (at < 0 && (!address.Contains('@', StringComparison.Ordinal) || Uri.TryCreate(plain, UriKind.Absolute, out _)))
            return plain;
        if (at < 0)
            at = (plain = address).LastIndexOf('@');
        return string.Concat(plain.AsSpan(0, Math.Min(StartOf(plain), at)), inPlace, plain.AsSpan(at + 1));
    }

    /// <summary>True for this machine by its own name for itself.</summary>
    public static bool IsLoopbackHost(Uri uri) =>
        uri.IdnHost.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.IdnHost, out var address) && IPAddress.IsLoopback(address));

    private static int StartOf(string address) => address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0;

    /// <inheritdoc/>
    public override string ToString() => Uri.ToString();
}
