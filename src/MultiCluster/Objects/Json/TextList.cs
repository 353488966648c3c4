using System.Runtime.CompilerServices;

namespace MultiCluster.Objects.Json;

/// <summary>Texts of an object, in their order. Where one text is wanted of them, as in a cell of Export-Csv, they are joined with semicolons.</summary>
[CollectionBuilder(typeof(TextList), nameof(Of))]
public sealed class TextList : JoinedList<string>
{
    private TextList(string[] texts)
        : base(texts)
    {
    }

    /// <summary>The list of those texts.</summary>
    public static TextList Of(ReadOnlySpan<string> texts) => new(texts.ToArray());
}
