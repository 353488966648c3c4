using System.Text;
using MultiCluster.Exec;

namespace MultiCluster.Tests.Exec;

public sealed class LineCutterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Lines_are_the_same_in_whatever_pieces_they_come(int piece)
    {
        var text = "one\r\ntwo\n\n\rthree\r\rend €"u8.ToArray();
        var cutter = new LineCutter(100);
        var lines = new List<string>();
        for (var at = 0; at < text.Length; at += piece)
            lines.AddRange(cutter.Cut(text.AsMemory(at, Math.Min(piece, text.Length - at))).Select(Encoding.UTF8.GetString));
        lines.Add(Encoding.UTF8.GetString(cutter.Last()!));
        Assert.Equal(["one", "two", "", "\rthree\r\rend €"], lines);
        Assert.Null(cutter.Last());
    }

    [Fact]
    public void A_line_beyond_the_bound_comes_in_pieces()
    {
        var cutter = new LineCutter(4);
        Assert.Equal(["1234", "5678", "9"], cutter.Cut("123456789\n"u8.ToArray()).Select(Encoding.UTF8.GetString));
        Assert.Equal(["abcd"], cutter.Cut("abcd\n"u8.ToArray()).Select(Encoding.UTF8.GetString));
        Assert.Empty(cutter.Cut("ab"u8.ToArray()));
        Assert.Equal(["abcd", "e"], cutter.Cut("cde\n"u8.ToArray()).Select(Encoding.UTF8.GetString));
    }
}
