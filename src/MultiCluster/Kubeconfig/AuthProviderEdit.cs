using System.Text.Encodings.Web;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MultiCluster.Kubeconfig;

/// <summary>
/// Sets fields of an <c>auth-provider</c> in the text of a kubeconfig and nothing else of it: comments, order and whatever nobody knows stay.
/// </summary>
internal static class AuthProviderEdit
{
    /// <summary>The text with <paramref name="values"/> in the first user of that name; null where that cannot be done safely.</summary>
    public static string? Apply(string path, string text, string user, IReadOnlyDictionary<string, string> values)
    {
        if (text.StartsWith('\uFEFF'))
            return Apply(path, text[1..], user, values) is { } edited ? $"\uFEFF{edited}" : null;
        var before = KubeconfigReader.Read(path, text);
        try
        {
            if (before.Content != FileContent.Kubeconfig || ConfigOf(text, user) is not { Children.Count: > 0 } config)
                return null;
            var changed = text;

            // From the end, so that what was found before stays where it is.
            foreach (var (start, end, piece) in Pieces(config, values).OrderByDescending(static edit => edit.Start))
                changed = string.Concat(changed.AsSpan(0, start), piece, changed.AsSpan(end));
            return IsWhatWasMeant(before, KubeconfigReader.Read(path, changed), user, values) ? changed : null;
        }
        catch (Exception e) when (e is YamlException or ArgumentException or InvalidOperationException)
        {
            return null; // YAML that is read, and cannot be kept as a tree
        }
    }

    private static YamlMappingNode? ConfigOf(string text, string user)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }] || Field(root, "users") is not YamlSequenceNode users)
            return null;
        var entry = users.FirstOrDefault(node => (Field(node, "name") as YamlScalarNode)?.Value == user);
        return Field(Field(Field(entry, "user"), "auth-provider"), "config") as YamlMappingNode;
    }

    private static IEnumerable<(int Start, int End, string Piece)> Pieces(YamlMappingNode config, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            var quoted = $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";
            if (Field(config, name) is { } old)
            {
                yield return ((int)old.Start.Index, (int)old.End.Index, quoted);
                continue;
            }

            // Before the first field, in its line or above it.
            var first = config.Children[0].Key.Start;
            var isFlow = config.Style == YamlDotNet.Core.Events.MappingStyle.Flow;
            yield return ((int)first.Index, (int)first.Index, isFlow ? $"\"{name}\": {quoted}, " : $"{name}: {quoted}\n{new string(' ', (int)first.Column - 1)}");
        }
    }

    /// <summary>True when the edited text says what was meant and, beyond that, what it said before.</summary>
    private static bool IsWhatWasMeant(KubeconfigFile before, KubeconfigFile now, string user, IReadOnlyDictionary<string, string> values)
    {
        if (now.Content != FileContent.Kubeconfig || now.CurrentContext != before.CurrentContext || !now.Contexts.SequenceEqual(before.Contexts)
            || now.Clusters.Count != before.Clusters.Count || now.Users.Count != before.Users.Count)
            return false;
        return now.Clusters.All(pair => before.Clusters.TryGetValue(pair.Key, out var old) && old == pair.Value)
            && now.Users.All(pair => before.Users.TryGetValue(pair.Key, out var old)
                && KubeconfigUserComparer.Instance.Equals(old, pair.Value)
                && (pair.Key == user ? Has(pair.Value, values) : old.AuthProvider is null || old.AuthProvider.HasTokensOf(pair.Value.AuthProvider!)));
    }

    private static bool Has(KubeconfigUser user, IReadOnlyDictionary<string, string> values) =>
        values.All(pair => user.AuthProvider?.Config.GetValueOrDefault(pair.Key) == pair.Value);

    private static YamlNode? Field(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(name, out var value) ? value : null;
}
