namespace MultiCluster.Kubeconfig;

/// <summary>The <c>cluster</c> of a <c>clusters[]</c> entry.</summary>
internal sealed class ClusterFields : EntryFields
{
    private const string ExecExtensionName = "client.authentication.k8s.io/exec";

    private string? _server;
    private string? _tlsServerName;
    private bool? _insecure;
    private string? _authorityFile;
    private string? _authorityData;
    private string? _proxy;
    private bool? _disableCompression;
    private string? _execExtension;

    public override void Read(NodeReader reader)
    {
        if (!reader.EnterMapping("A cluster")) return;
        while (reader.NextField(out var name))
        {
            switch (name)
            {
                case "server":
                    _server = reader.Text(_server, name);
                    break;
                case "tls-server-name":
                    _tlsServerName = reader.Text(_tlsServerName, name);
                    break;
                case "insecure-skip-tls-verify":
                    _insecure = reader.Flag(_insecure, name);
                    break;
                case "certificate-authority":
                    _authorityFile = reader.Text(_authorityFile, name);
                    break;
                case "certificate-authority-data":
                    _authorityData = reader.Text(_authorityData, name);
                    break;
                case "proxy-url":
                    _proxy = reader.Text(_proxy, name);
                    break;
                case "disable-compression":
                    _disableCompression = reader.Flag(_disableCompression, name);
                    break;
                case "extensions":
                    ReadExtensions(reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    public KubeconfigCluster Build(string name, string folder) => new()
    {
        Name = name,
        Damage = Damage,
        Server = ServerScheme.Completed(_server),
        TlsServerName = _tlsServerName,
        InsecureSkipTlsVerify = _insecure ?? false,
        CertificateAuthorityFile = Resolve(_authorityFile, folder),
        CertificateAuthorityData = _authorityData,
        ProxyUrl = _proxy,
        DisableCompression = _disableCompression ?? false,
        ExecExtension = _execExtension,
    };

    private void ReadExtensions(NodeReader reader)
    {
        if (reader.IsMerged && _execExtension is not null)
        {
            reader.Skip();
            return;
        }

        if (!reader.EnterSequence("extensions")) return;
        while (reader.NextItem())
        {
            if (!reader.EnterMapping("An extension")) continue;
            string? name = null;
            string? json = null;
            while (reader.NextField(out var field))
            {
                if (field == "name") name = reader.Text(name, field);
                // kubectl writes the extension before its name; other tools' are small and few.
                else if (field == "extension" && name is null or ExecExtensionName) json = NodeJson.Read(reader);
                else reader.Skip();
            }

            if (name == ExecExtensionName) _execExtension = json;
        }
    }
}

/// <summary>What kubectl makes of a server's address without a scheme, such as <c>localhost:8001</c> (client-go <c>rest.DefaultServerURL</c>).</summary>
internal static class ServerScheme
{
    /// <summary>
    /// The address with its scheme: <c>http</c>, whatever certificates the kubeconfig has beside it, since kubectl reads those for https
    /// alone. What is no host and port stays as it is.
    /// </summary>
    public static string? Completed(string? server) =>
        server is not null
        && !server.Contains("://", StringComparison.Ordinal)
        && Uri.TryCreate($"http://{server}", UriKind.Absolute, out var uri)
        && uri is { PathAndQuery: "/", Fragment: "" }
            ? $"http://{server}"
            : server;
}
