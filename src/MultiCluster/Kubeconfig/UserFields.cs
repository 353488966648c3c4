namespace MultiCluster.Kubeconfig;

/// <summary>The <c>user</c> of a <c>users[]</c> entry.</summary>
internal sealed class UserFields : EntryFields
{
    private string? _certificateFile;
    private string? _certificateData;
    private string? _keyFile;
    private string? _keyData;
    private string? _token;
    private string? _tokenFile;
    private string? _username;
    private string? _password;
    private AuthProviderFields? _authProvider;
    private string? _as;
    private string? _asUid;
    private List<string>? _asGroups;
    private Dictionary<string, IReadOnlyList<string>>? _asExtra;
    private ExecFields? _exec;

    public override void Read(NodeReader reader)
    {
        if (!reader.EnterMapping("A user")) return;
        while (reader.NextField(out var name)) ReadField(reader, name);
    }

    public KubeconfigUser Build(string name, string folder, string path) => new()
    {
        Name = name,
        Damage = Damage,
        ClientCertificateFile = Resolve(_certificateFile, folder),
        ClientCertificateData = _certificateData,
        ClientKeyFile = Resolve(_keyFile, folder),
        ClientKeyData = _keyData,
        Token = _token,
        TokenFile = Resolve(_tokenFile, folder),
        Username = _username,
        Password = _password,
        AuthProvider = _authProvider?.Build(folder, path),
        Impersonate = _as,
        ImpersonateUid = _asUid,
        ImpersonateGroups = _asGroups ?? [],
        ImpersonateExtra = _asExtra ?? [],
        Exec = _exec?.Build(folder),
    };

    private void ReadField(NodeReader reader, string name)
    {
        switch (name)
        {
            case "client-certificate":
                _certificateFile = reader.Text(_certificateFile, name);
                break;
            case "client-certificate-data":
                _certificateData = reader.Text(_certificateData, name);
                break;
            case "client-key":
                _keyFile = reader.Text(_keyFile, name);
                break;
            case "client-key-data":
                _keyData = reader.Text(_keyData, name);
                break;
            case "token":
                _token = reader.Text(_token, name);
                break;
            case "tokenFile":
                _tokenFile = reader.Text(_tokenFile, name);
                break;
            case "username":
                _username = reader.Text(_username, name);
                break;
            case "password":
                _password = reader.Text(_password, name);
                break;
            case "as":
                _as = reader.Text(_as, name);
                break;
            case "as-uid":
                _asUid = reader.Text(_asUid, name);
                break;
            default:
                ReadNested(reader, name);
                break;
        }
    }

    private void ReadNested(NodeReader reader, string name)
    {
        switch (name)
        {
            case "as-groups" when !(reader.IsMerged && _asGroups is not null):
                _asGroups = Texts(reader, name);
                break;
            case "as-user-extra" when !(reader.IsMerged && _asExtra is not null):
                _asExtra = [];
                if (!reader.EnterMapping(name)) break;
                while (reader.NextField(out var key)) _asExtra[key] = Texts(reader, $"{name}.{key}");
                break;
            case "exec" when !(reader.IsMerged && _exec is not null) && !reader.IsNull:
                _exec = new ExecFields();
                _exec.Read(reader);
                break;
            case "auth-provider" when !(reader.IsMerged && _authProvider is not null) && !reader.IsNull:
                _authProvider = new AuthProviderFields();
                _authProvider.Read(reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }
}
