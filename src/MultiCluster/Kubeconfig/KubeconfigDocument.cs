namespace MultiCluster.Kubeconfig;

/// <summary>The sections of one kubeconfig on their way from the nodes of its document into a <see cref="KubeconfigFile"/>.</summary>
internal sealed class KubeconfigDocument(string path)
{
    private static readonly string[] Fields = ["apiVersion", "clusters", "contexts", "current-context", "extensions", "kind", "preferences", "users"];

    private readonly string _folder = Path.GetDirectoryName(path) ?? "";
    private readonly Dictionary<string, KubeconfigCluster> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigUser> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContextEntry> _contextsByName = new(StringComparer.Ordinal);
    private readonly List<ContextEntry> _contexts = [];
    private string? _currentContext;
    private string? _kind;
    private string? _apiVersion;
    private bool _hasSection;
    private bool _hasEntry;
    private bool _hasField;
    private bool _hasOtherField;

    /// <summary>Whether the file is one of another kind, which kubectl refuses too.</summary>
    private bool IsOther => _kind is not (null or "Config") || _apiVersion is not (null or "v1");

    private bool IsRecognized => !IsOther && (_kind is not null || _hasEntry);

    /// <exception cref="NodeLimitException">There is more in the document than in any kubeconfig.</exception>
    public KubeconfigFile Read(NodeReader reader)
    {
        reader.MoveNext();
        if (reader.Token == NodeToken.End || reader.IsNull) return new KubeconfigFile(path, FileContent.Empty);
        if (reader.Token != NodeToken.MappingStart) return Other(reader);

        reader.EnterMapping("");
        while (!IsOther && reader.NextField(out var name))
        {
            _hasField = true;
            _hasOtherField |= !Fields.Contains(name);
            ReadSection(reader, name);
        }

        if (IsOther || (!_hasSection && _kind is null)) return KubeconfigFile.Other(path);

        return new KubeconfigFile(path, FileContent.Kubeconfig)
        {
            Clusters = _clusters,
            Users = _users,
            Contexts = _contexts,
            CurrentContext = _currentContext,
            Problems = [.. reader.Problems.Select(p => new KubeconfigProblem(path, p.Line, p.Column, p.Message))],
            IsRecognized = IsRecognized,
        };
    }

    /// <summary>The file whose reading ended at a place. It may have ended before the file could say what it is.</summary>
    public KubeconfigFile Lost(string message, (int Line, int Column) place, ReadOnlySpan<char> text) =>
        KubeconfigFile.Lost(path, message, place.Line, place.Column) with
        {
            IsRecognized = IsRecognized || (_hasField && !_hasOtherField && !IsOther && text.Contains("\nkind: Config", StringComparison.Ordinal)),
        };

    private KubeconfigFile Other(NodeReader reader)
    {
        // To its end, so that a text that is no YAML at all says so.
        while (reader.Token != NodeToken.End) reader.Skip();
        return KubeconfigFile.Other(path);
    }

    private void ReadSection(NodeReader reader, string name)
    {
        switch (name)
        {
            case "clusters":
                ReadNamed(reader, "clusters", "cluster", () => new ClusterFields(), (entry, fields) => _clusters.TryAdd(entry, fields.Build(entry, _folder)));
                break;
            case "users":
                ReadNamed(reader, "users", "user", () => new UserFields(), (entry, fields) => _users.TryAdd(entry, fields.Build(entry, _folder, path)));
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
            case "apiVersion":
                _apiVersion = reader.Text(_apiVersion, "apiVersion");
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
                if (field == "name")
                {
                    name = reader.Text(name, $"The name of a {body}");
                }
                else if (field == body && !(reader.IsMerged && fields is not null))
                {
                    _hasEntry |= reader.Token == NodeToken.MappingStart;
                    var (before, told) = (reader.Reported, reader.Problems.Count);
                    (fields = create()).Read(reader);
                    if (reader.Reported > before) fields.Damage = reader.Problems[Math.Min(told, reader.Problems.Count - 1)].Message;
                }
                else
                {
                    reader.Skip();
                }
            }

            // kubectl takes an entry without a name for one whose name is empty, and a context that names no cluster means that one.
            if (!add(name ?? "", fields ?? create()))
                reader.Report(position, name is null ? $"A {body} without a name is there twice; the first one is used." : $"The {body} \"{name}\" is there twice; the first one is used.");
        }
    }
}
