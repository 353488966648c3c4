using System.Text;
using MultiCluster.Platform;

namespace MultiCluster.Tests.Platform;

/// <summary>What programs write on consoles of Windows, whatever this machine is.</summary>
public sealed class ProgramTextTests
{
    private static Encoding? CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number);

    [Theory]
    [InlineData("Zugriff für Jörg verweigert", 850)]
    [InlineData("Доступ запрещён", 866)]
    [InlineData("アクセスが拒否されました", 932)]
    public void A_text_of_the_consoles_code_page_is_read_by_it(string text, int codePage) => Assert.Equal(text, ProgramText.Of(CodePage(codePage)!.GetBytes(text), () => CodePage(codePage)));

    [Theory]
    [InlineData("Zugriff für Jörg verweigert")]
    [InlineData("plain")]
    [InlineData("")]
    public void UTF_8_is_read_as_such(string text) => Assert.Equal(text, ProgramText.Of(Encoding.UTF8.GetBytes(text), static () => throw new InvalidOperationException("It is not needed.")));

    [Fact]
    public void A_text_that_begins_within_a_character_may_still_be_UTF_8() => Assert.EndsWith(" für", ProgramText.Of(Encoding.UTF8.GetBytes("ü für").AsSpan(1), () => CodePage(850)));

    [Fact]
    public void Without_a_code_page_what_cannot_be_read_is_marked() => Assert.Equal("f\uFFFDr", ProgramText.Of([0x66, 0x81, 0x72], static () => null));
}
