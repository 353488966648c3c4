using System.Text;
using MultiCluster.Faults;
using MultiCluster.Platform;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MultiCluster.Kubeconfig;

/// <summary>A kubeconfig as a tree, to be changed and written back.</summary>
internal sealed class KubeconfigTree
{
    private readonly YamlMappingNode _root;

    private KubeconfigTree(YamlMappingNode root) => _root = root;

    /// <summary>The file at <paramref name="path"/>, or a new kubeconfig when there is none.</summary>
    /// <exception cref="FaultException">The file is there and is no kubeconfig.</exception>
    public static async Task<KubeconfigTree> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await SharedFile.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            // The reader knows more oddities than the tree does, and what it calls lost must not be overwritten.
            var content = KubeconfigReader.Read(path, text, cancellationToken);
            if (content.Content == FileContent.Empty) return New();
            if (content.Content != FileContent.Kubeconfig) throw Unusable(path, content.Problems is [var first, ..] ? first.ToString() : null);

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }] ? new KubeconfigTree(root) : throw Unusable(path, "it has several documents");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return New();
        }
        catch (YamlException e)
        {
            throw Unusable(path, $"line {e.Start.Line}, column {e.Start.Column}: it uses YAML that cannot be written back, such as a key that is there twice");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, "it cannot be read");
        }
    }

    /// <summary>A quoted text: a token made of digits must stay a text.</summary>
    public static YamlScalarNode Text(string value) => new(value) { Style = ScalarStyle.DoubleQuoted };

    public void Put(string section, string name, string field, YamlNode value)
    {
        var entries = Section(section);
        var entry = new YamlMappingNode { { "name", Text(name) }, { field, value } };
        var index = IndexOf(entries, name);
        if (index < 0) entries.Add(entry);
        else entries.Children[index] = entry;
    }

    public bool RemoveContext(string name)
    {
        var contexts = Section("contexts");
        var index = IndexOf(contexts, name);
        if (index < 0) return false;
        var removed = Field(contexts[index], "context");
        contexts.Children.RemoveAt(index);
        RemoveUnused("clusters", "cluster", removed);
        RemoveUnused("users", "user", removed);
        if ((Field(_root, "current-context") as YamlScalarNode)?.Value == name) _root.Children.Remove("current-context");
        return true;
    }

    public byte[] ToBytes()
    {
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(_root)).Save(text, assignAnchors: false);
        var yaml = text.ToString().ReplaceLineEndings("\n");
        // The stream marks the end of its document, which nobody needs.
        return Encoding.UTF8.GetBytes(yaml.EndsWith("\n...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml);
    }

    private static KubeconfigTree New() => new(new YamlMappingNode { { "apiVersion", "v1" }, { "kind", "Config" } });

    private static FaultException Unusable(string path, string? problem) => new(
        FaultPhase.Kubeconfig,
        $"{path} is left as it is, because it is no kubeconfig that can be changed{(problem is null ? "" : $" ({problem.TrimEnd('.')})")}",
        "Correct the file, or move it away to start with a new one.");

    private static int IndexOf(YamlSequenceNode entries, string name)
    {
        for (var i = 0; i < entries.Children.Count; i++)
        {
            if ((Field(entries[i], "name") as YamlScalarNode)?.Value == name) return i;
        }

        return -1;
    }

    private static YamlNode? Field(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(name, out var value) ? value : null;

    private YamlSequenceNode Section(string name)
    {
        if (_root.Children.TryGetValue(name, out var node) && node is YamlSequenceNode entries) return entries;
        entries = [];
        _root.Children[name] = entries;
        return entries;
    }

    private void RemoveUnused(string section, string field, YamlNode? removed)
    {
        if ((Field(removed, field) as YamlScalarNode)?.Value is not { } name) return;
        if (Section("contexts").Any(c => (Field(Field(c, "context"), field) as YamlScalarNode)?.Value == name)) return;
        var entries = Section(section);
        var index = IndexOf(entries, name);
        if (index >= 0) entries.Children.RemoveAt(index);
    }
}
