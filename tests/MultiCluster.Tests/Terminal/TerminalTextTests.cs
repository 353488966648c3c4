using MultiCluster.Terminal;

namespace MultiCluster.Tests.Terminal;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\e[2J", @"\u001b[2J")]
    [InlineData("\e]0;title\a", @"\u001b]0;title\u0007")]
    [InlineData("a\0b\rc\bd", @"a\u0000b\u000dc\u0008d")]
    [InlineData("\x7f", @"\u007f")]
    [InlineData("\u009b31m\u0085", @"\u009b31m\u0085")]
    [InlineData("a\u202eb\u2066c\u200fd\u061c", @"a\u202eb\u2066c\u200fd\u061c")]
    [InlineData("zero\u200bwidth\ufeff\u00ad", @"zero\u200bwidth\ufeff\u00ad")]
    [InlineData("ad\u200dmin", @"ad\u200dmin")]
    [InlineData("\u200cx", @"\u200cx")]
    [InlineData("a\u2028b\u2029c", @"a\u2028b\u2029c")]
    [InlineData("tag \U000E0041", @"tag \U000e0041")]
    public void What_a_terminal_would_obey_or_hide_is_escaped(string text, string shown) => Assert.Equal(shown, TerminalText.Visible(text));

    [Fact]
    public void Half_a_surrogate_pair_is_escaped()
    {
        // An attribute could not hold them.
        Assert.Equal(@"a\ud800b", TerminalText.Visible("a" + (char)0xd800 + "b"));
        Assert.Equal(@"\udc00\ud800", TerminalText.Visible(new string([(char)0xdc00, (char)0xd800])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("web-7d9c5b8f4-x2x7k")]
    [InlineData("two\n\tlines")]
    [InlineData("Grüße, 東京, Ελλάδα, עברית")]
    [InlineData("👍 👩‍💻")]
    [InlineData("می‌خواهم")]
    public void Any_other_text_is_the_same_object(string text)
    {
        Assert.Same(text, TerminalText.Visible(text));
        Assert.Same(text, TerminalText.VisibleWithColours(text));
    }

    [Fact]
    public void A_line_has_no_breaks()
    {
        Assert.Equal(@"a\u000ab\u0009c", TerminalText.VisibleLine("a\nb\tc"));
        Assert.False(TerminalText.IsPlainLine("a\nb"));
        Assert.True(TerminalText.IsPlainLine("a b"));
    }

    [Theory]
    [InlineData("\e[31mred\e[0m and plain", "\e[31mred\e[0m and plain")]
    [InlineData("\e[1;38;2;1;2;3mred", "\e[1;38;2;1;2;3mred\e[0m")]
    [InlineData("\e[38:5:9mred", "\e[38:5:9mred\e[0m")]
    [InlineData("\e[mplain", "\e[mplain")]
    [InlineData("\e[31mred\e[2J\e[3A", "\e[31mred\\u001b[2J\\u001b[3A\e[0m")]
    [InlineData("\e[31", @"\u001b[31")]
    [InlineData("\e[?25m", @"\u001b[?25m")]
    [InlineData("\e]8;;http://a\e\\b", @"\u001b]8;;http://a\u001b\b")]
    [InlineData("\u009b31mred", @"\u009b31mred")]
    public void Colours_alone_are_kept_where_they_may_be_and_end_with_the_text(string text, string shown) =>
        Assert.Equal(shown, TerminalText.VisibleWithColours(text));

    [Fact]
    public void A_colour_without_end_is_none() =>
        Assert.Equal(@"\u001b[" + new string('1', 1000) + "m", TerminalText.VisibleWithColours("\e[" + new string('1', 1000) + "m"));
}
