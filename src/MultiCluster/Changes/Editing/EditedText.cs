using System.Text.Json.Nodes;
using MultiCluster.Faults;
using MultiCluster.Manifests;
using MultiCluster.Terminal;

namespace MultiCluster.Changes.Editing;

/// <summary>What stands in the editor: comments on top, and the object as YAML.</summary>
internal static class EditedText
{
    /// <summary>How wide comments are: an editor shows them whole in a terminal of 80 columns.</summary>
    private const int Width = 77;

    /// <summary>The whole text.</summary>
    /// <param name="comments">Lines of comments, which may hold what a server said.</param>
    /// <param name="yaml">The object.</param>
    public static string Of(IEnumerable<string> comments, string yaml) =>
        string.Concat(comments.SelectMany(static comment => comment.Split('\n')).SelectMany(static line => Wrapped(TerminalText.VisibleLine(line))).Select(static line => $"# {line}".TrimEnd() + "\n")) + yaml;

    /// <summary>The text without the comments on top.</summary>
    public static string Body(string text)
    {
        var at = 0;
        while (at < text.Length && text[at] == '#')
        {
            var end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        return text[at..];
    }

    /// <summary>The object in a text; null when there is nothing but comments.</summary>
    /// <exception cref="FaultException">It is no object, or several (Invalid); the fault says where.</exception>
    public static Manifest? Read(string text, string source)
    {
        var documents = ObjectDocuments.Read(text, source, CancellationToken.None).ToArray();
        return documents switch
        {
            [] => null,
            [var only] => Manifest.Of(only),
            _ => documents.FirstOrDefault(static document => document.Fault is not null) is { } lost
                ? throw new FaultException(lost.Fault!)
                : throw new FaultException(FaultPhase.Invalid, $"{source} holds {documents.Length} objects, and one is edited", "Make other objects with New-KubeResource or Invoke-KubeApply."),
        };
    }

    private static IEnumerable<string> Wrapped(string line)
    {
        var part = "";
        foreach (var word in line.Split(' '))
        {
            if (part.Length > 0 && part.Length + 1 + word.Length > Width)
            {
                yield return part;
                part = $"  {word}";
            }
            else
            {
                part = part.Length == 0 ? word : $"{part} {word}";
            }
        }

        yield return part;
    }

    /// <summary>An object as it is compared.</summary>
    public static JsonObject TreeOf(Manifest manifest) => (JsonObject)JsonNode.Parse(manifest.Json)!;
}
