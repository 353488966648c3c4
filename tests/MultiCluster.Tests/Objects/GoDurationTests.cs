using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("15.123s", 15_123_000_000)]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("2160h0m0s", 7_776_000_000_000_000)]
    [InlineData("1.5h", 5_400_000_000_000)]
    [InlineData("250ms", 250_000_000)]
    [InlineData("3µs", 3_000)]
    [InlineData("-2m", -120_000_000_000)]
    [InlineData("0", 0)]
    [InlineData(".5s", 500_000_000)]
    public void A_span_is_read_exactly(string text, long nanoseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var read));
        Assert.Equal(nanoseconds, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("1d")]
    [InlineData("s")]
    [InlineData("1h30")]
    [InlineData("1.2.3s")]
    [InlineData("9999999999h")]
    [InlineData("500m CPU")]
    [InlineData("-")]
    public void What_is_none_is_not_read(string? text) => Assert.False(GoDuration.TryParse(text, out _));
}
