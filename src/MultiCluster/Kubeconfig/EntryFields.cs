namespace MultiCluster.Kubeconfig;

/// <summary>The fields of one named entry while they are read.</summary>
internal abstract class EntryFields
{
    /// <summary>What is wrong with a field, as a sentence: what was meant by it is not known, and must not be left out without a word.</summary>
    public string? Damage { get; set; }

    /// <summary>Reads the mapping at hand. Fields nobody knows are skipped.</summary>
    public abstract void Read(NodeReader reader);

    /// <summary>A path of the entry, against the folder of the file that holds it.</summary>
    protected static string? Resolve(string? path, string folder) =>
        path is null || folder.Length == 0 || !ContextRules.IsPath(path) ? path : Path.GetFullPath(path, folder);

    protected static List<string> Texts(NodeReader reader, string what)
    {
        var texts = new List<string>();
        if (!reader.EnterSequence(what)) return texts;
        while (reader.NextItem()) texts.Add(reader.Text(null, $"An entry of {what}") ?? "");
        return texts;
    }
}

/// <summary>The <c>context</c> of a <c>contexts[]</c> entry.</summary>
internal sealed class ContextFields : EntryFields
{
    public string? Cluster { get; private set; }

    public string? User { get; private set; }

    public string? Namespace { get; private set; }

    public override void Read(NodeReader reader)
    {
        if (!reader.EnterMapping("A context")) return;
        while (reader.NextField(out var name))
        {
            switch (name)
            {
                case "cluster":
                    Cluster = reader.Text(Cluster, name);
                    break;
                case "user":
                    User = reader.Text(User, name);
                    break;
                case "namespace":
                    Namespace = reader.Text(Namespace, name);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
