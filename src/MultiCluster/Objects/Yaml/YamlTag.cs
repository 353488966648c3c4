namespace MultiCluster.Objects.Yaml;

/// <summary>The tags that say what JSON knows too.</summary>
internal static class YamlTag
{
    public const string Text = Prefix + "str";
    public const string Binary = Prefix + "binary";
    public const string Whole = Prefix + "int";
    public const string Real = Prefix + "float";
    public const string Boolean = Prefix + "bool";
    public const string Null = Prefix + "null";
    public const string Time = Prefix + "timestamp";
    public const string Merge = Prefix + "merge";
    public const string Mapping = Prefix + "map";
    public const string Sequence = Prefix + "seq";

    /// <summary>Not resolved: a text, a mapping or a sequence, as it is written.</summary>
    public const string NotResolved = "!";

    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The tag as people write it.</summary>
    public static string Short(string tag) => tag.StartsWith(Prefix, StringComparison.Ordinal) ? $"!!{tag[Prefix.Length..]}" : tag;
}
