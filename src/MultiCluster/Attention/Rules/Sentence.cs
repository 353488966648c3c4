namespace MultiCluster.Attention.Rules;

/// <summary>Sentences that others have begun.</summary>
internal static class Sentence
{
    /// <summary>A text of a server's with one full stop at its end.</summary>
    public static string Of(string text) => $"{text.Trim().TrimEnd('.')}.";

    /// <summary><c>1 replica</c>, <c>3 replicas</c>.</summary>
    public static string Count(long count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
