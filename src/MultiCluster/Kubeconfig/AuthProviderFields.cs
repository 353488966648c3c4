namespace MultiCluster.Kubeconfig;

/// <summary>The <c>auth-provider</c> of a user.</summary>
internal sealed class AuthProviderFields : EntryFields
{
    private const string AuthorityFile = "idp-certificate-authority";

    private readonly Dictionary<string, string> _config = new(StringComparer.Ordinal);
    private string? _name;

    public override void Read(NodeReader reader)
    {
        if (!reader.EnterMapping("auth-provider")) return;
        while (reader.NextField(out var field))
        {
            switch (field)
            {
                case "name":
                    _name = reader.Text(_name, "The name of the auth-provider");
                    break;
                case "config" when !reader.IsNull:
                    ReadConfig(reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    public AuthProviderConfig Build(string folder, string path)
    {
        if (_config.TryGetValue(AuthorityFile, out var authority)) _config[AuthorityFile] = Resolve(authority, folder)!;
        return new AuthProviderConfig { Name = _name ?? "unknown", Config = _config, KubeconfigPath = path };
    }

    private void ReadConfig(NodeReader reader)
    {
        if (!reader.EnterMapping("The config of the auth-provider")) return;
        while (reader.NextField(out var name))
        {
            if (reader.Text(_config.GetValueOrDefault(name), $"{name} of the auth-provider") is { } value) _config[name] = value;
        }
    }
}
