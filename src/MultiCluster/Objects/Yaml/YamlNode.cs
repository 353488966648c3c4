namespace MultiCluster.Objects.Yaml;

internal enum YamlNodeKind
{
    /// <summary>A text, or whatever a plain text says.</summary>
    Scalar,

    /// <summary>Its children are keys and values in turn.</summary>
    Mapping,

    Sequence,

    /// <summary>Its only child stands elsewhere, too.</summary>
    Alias,
}

/// <summary>How a scalar is written, which decides what it may be.</summary>
internal enum YamlWriting
{
    /// <summary>Without quotes: a number, a boolean and null are what YAML takes for them.</summary>
    Plain,

    /// <summary>In quotes, or as a block: a text.</summary>
    Text,

    /// <summary>A number, a boolean or null of JSON, as it stands.</summary>
    Json,
}

/// <summary>A node of a document.</summary>
internal sealed class YamlNode(YamlNodeKind kind, TextPlace place, string? tag = null)
{
    public YamlNode(string text, YamlWriting writing, TextPlace place, string? tag = null)
        : this(YamlNodeKind.Scalar, place, tag) => (Text, Writing) = (text, writing);

    public YamlNodeKind Kind { get; } = kind;

    public TextPlace Place { get; } = place;

    /// <summary>The tag in its long form; null when there is none.</summary>
    public string? Tag { get; } = tag;

    public string Text { get; } = "";

    public YamlWriting Writing { get; }

    public List<YamlNode> Children { get; } = [];

    /// <summary>The node, or what the alias stands for.</summary>
    public YamlNode Target => Kind == YamlNodeKind.Alias ? Children[0] : this;

    /// <summary>Whether it is a key that takes in other mappings' members. A quoted one is a key like any other.</summary>
    public bool IsMerge => Kind == YamlNodeKind.Scalar && Text == "<<" && (Tag is null ? Writing == YamlWriting.Plain : Tag == YamlTag.Merge);
}
