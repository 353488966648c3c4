using MultiCluster.Faults;

namespace MultiCluster.Copying;

/// <summary>A path in a container, taken apart as tar needs it.</summary>
internal sealed record PodPath
{
    private PodPath(string text, string folder, string name, bool isFolder) => (Text, Folder, Name, IsFolder) = (text, folder, name, isFolder);

    /// <summary>The whole path, which is no option whatever it begins with.</summary>
    public string Text { get; }

    /// <summary>The folder in which it lies.</summary>
    public string Folder { get; }

    /// <summary>Its name there; <c>.</c> for what is in a folder, whatever that is called.</summary>
    public string Name { get; }

    /// <summary>Whether it is written as a folder: with a slash at its end.</summary>
    public bool IsFolder { get; }

    /// <summary>Reads a path. One that does not begin with a slash begins where the container's processes begin.</summary>
    /// <exception cref="FaultException">It names nothing (Invalid).</exception>
    public static PodPath Parse(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new FaultException(FaultPhase.Invalid, "the path in the pod names nothing", "Write pod:/path; pod:. is the folder in which the container's processes begin.");
        var text = path[0] == '-' ? $"./{path}" : path;
        var plain = text.TrimEnd('/') is { Length: > 0 } some ? some : "/";
        var at = plain.LastIndexOf('/');
        var name = plain[(at + 1)..];
        if (name is "" or "." or "..")
            return new PodPath(text, plain, ".", isFolder: true);
        return new PodPath(text, at switch { < 0 => ".", 0 => "/", _ => plain[..at] }, name, text.Length > plain.Length);
    }

    /// <summary>The path of something in it.</summary>
    public string Of(string name) => $"{Text.TrimEnd('/')}/{name}";
}
