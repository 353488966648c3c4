namespace MultiCluster.Kubeconfig;

/// <summary>The <c>exec</c> of a user.</summary>
internal sealed class ExecFields : EntryFields
{
    private readonly List<KeyValuePair<string, string>> _env = [];
    private List<string>? _args;
    private string? _apiVersion;
    private string? _command;
    private string? _installHint;
    private bool? _provideClusterInfo;
    private string? _interactiveMode;

    public override void Read(NodeReader reader)
    {
        if (!reader.EnterMapping("exec")) return;
        while (reader.NextField(out var name))
        {
            switch (name)
            {
                case "apiVersion":
                    _apiVersion = reader.Text(_apiVersion, name);
                    break;
                case "command":
                    _command = reader.Text(_command, name);
                    break;
                case "args" when !(reader.IsMerged && _args is not null):
                    _args = Texts(reader, name);
                    break;
                case "env" when !(reader.IsMerged && _env.Count > 0):
                    ReadEnv(reader);
                    break;
                case "installHint":
                    _installHint = reader.Text(_installHint, name);
                    break;
                case "provideClusterInfo":
                    _provideClusterInfo = reader.Flag(_provideClusterInfo, name);
                    break;
                case "interactiveMode":
                    _interactiveMode = reader.Text(_interactiveMode, name);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    public ExecConfig Build(string folder) => new()
    {
        ApiVersion = _apiVersion,
        Command = ResolveCommand(_command ?? "", folder),
        Args = _args ?? [],
        Env = _env,
        InstallHint = _installHint,
        ProvideClusterInfo = _provideClusterInfo ?? false,
        InteractiveMode = _interactiveMode ?? "IfAvailable",
    };

    /// <summary>A bare name is looked up on PATH; only a command with a separator belongs to the file's folder.</summary>
    private static string ResolveCommand(string command, string folder) =>
        command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || command.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal)
            ? Resolve(command, folder)!
            : command;

    private void ReadEnv(NodeReader reader)
    {
        _env.Clear();
        if (!reader.EnterSequence("env")) return;
        while (reader.NextItem())
        {
            if (!reader.EnterMapping("An entry of env")) continue;
            string? name = null;
            string? value = null;
            while (reader.NextField(out var field))
            {
                if (field == "name") name = reader.Text(name, "The name of a variable");
                else if (field == "value") value = reader.Text(value, "The value of a variable");
                else reader.Skip();
            }

            if (name is not null) _env.Add(new KeyValuePair<string, string>(name, value ?? ""));
        }
    }
}
