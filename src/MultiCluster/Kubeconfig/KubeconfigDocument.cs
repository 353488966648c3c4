namespace MultiCluster.Kubeconfig;

/// <summary>The sections of one kubeconfig on their way from the nodes of its document into a <see cref="KubeconfigFile"/>.</summary>
internal sealed class KubeconfigDocument(string path)
{
    private readonly string _folder = Path.GetDirectoryName(path) ?? "";
    private readonly Dictionary<string, KubeconfigCluster> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigUser> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContextEntry> _contextsByName = new(StringComparer.Ordinal);
    private readonly List<ContextEntry> _contexts = [];
    private string? _currentContext;
    private string? _kind;
    private bool _hasSection;

    public KubeconfigFile Read(NodeReader reader)
    {
        if (reader.Token == NodeToken.End || reader.IsNull) return new KubeconfigFile(path, FileContent.Empty);
        if (reader.Token != NodeToken.MappingStart) return Other(reader);

        reader.EnterMapping("");
        while (reader.NextField(out var name)) ReadSection(reader, name);
        if (!_hasSection && _kind != "Config") return new KubeconfigFile(path, FileContent.Other);

        return new KubeconfigFile(path, FileContent.Kubeconfig)
        {
            Clusters = _clusters,
            Users = _users,
            Contexts = _contexts,
            CurrentContext = _currentContext,
            Problems = [.. reader.Problems.Select(p => new KubeconfigProblem(path, p.Line, p.Column, p.Message))],
        };
    }

    private KubeconfigFile Other(NodeReader reader)
    {
        // To its end, so that a text that is no YAML at all says so.
        while (reader.Token != NodeToken.End) reader.Skip();
        return new KubeconfigFile(path, FileContent.Other);
    }

    private void ReadSection(NodeReader reader, string name)
    {
        switch (name)
        {
            case "clusters":
                ReadNamed(reader, "clusters", "cluster", () => new ClusterFields(), (entry, fields) => _clusters.TryAdd(entry, fields.Build(entry, _folder)));
                break;
            case "users":
                ReadNamed(reader, "users", "user", () => new UserFields(), (entry, fields) => _users.TryAdd(entry, fields.Build(entry, _folder)));
                break;
            case "contexts":
                ReadNamed(reader, "contexts", "context", () => new ContextFields(), AddContext);
                break;
            case "current-context":
                _currentContext = reader.Text(_currentContext, "current-context");
                _hasSection = true;
                break;
            case "kind":
                _kind = reader.Text(_kind, "kind");
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private bool AddContext(string name, ContextFields fields)
    {
        var entry = new ContextEntry(name, fields.Cluster, fields.User, fields.Namespace);
        if (!_contextsByName.TryAdd(name, entry)) return false;
        _contexts.Add(entry);
        return true;
    }

    private void ReadNamed<T>(NodeReader reader, string section, string body, Func<T> create, Func<string, T, bool> add)
        where T : EntryFields
    {
        _hasSection = true;
        if (!reader.EnterSequence(section)) return;
        while (reader.NextItem())
        {
            var position = reader.Position;
            if (!reader.EnterMapping($"An entry of {section}")) continue;

            string? name = null;
            T? fields = null;
            while (reader.NextField(out var field))
            {
                if (field == "name") name = reader.Text(name, $"The name of a {body}");
                else if (field == body && !(reader.IsMerged && fields is not null)) (fields = create()).Read(reader);
                else reader.Skip();
            }

            if (name is null)
                reader.Report(position, $"A {body} has no name and is left out.");
            else if (!add(name, fields ?? create()))
                reader.Report(position, $"The {body} \"{name}\" is there twice; the first one is used.");
        }
    }
}
