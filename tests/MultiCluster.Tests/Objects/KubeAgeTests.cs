using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects;

public sealed class KubeAgeTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(312, "5m12s")]
    [InlineData(600, "10m")]
    [InlineData(10799, "179m")]
    [InlineData(10800, "3h")]
    [InlineData(12000, "3h20m")]
    [InlineData(28800, "8h")]
    [InlineData(172799, "47h")]
    [InlineData(172800, "2d")]
    [InlineData(273600, "3d4h")]
    [InlineData(691200, "8d")]
    [InlineData(63072000, "2y")]
    [InlineData(64800000, "2y20d")]
    [InlineData(-2, "<invalid>")]
    public void It_prints_as_kubectl_prints_it(int seconds, string text) =>
        Assert.Equal(text, $"{new KubeAge(TimeSpan.FromSeconds(seconds))}");

    [Fact]
    public void As_a_cell_it_is_the_whole_seconds() =>
        Assert.Equal("273600", new KubeAge(new TimeSpan(3, 4, 0, 0, 900)).ToString());

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("10m", 600)]
    [InlineData("3d4h", 273600)]
    [InlineData("1.12:00:00", 129600)]
    public void It_reads_what_people_write(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), KubeAge.Parse(text).ToTimeSpan());

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("10x")]
    public void What_is_no_age_says_how_to_write_one(string text) =>
        Assert.Contains("3d4h", Assert.Throws<FormatException>(() => KubeAge.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void It_compares_with_spans_and_texts()
    {
        var age = new KubeAge(TimeSpan.FromMinutes(5));
        Assert.True(age.CompareTo("10m") < 0);
        Assert.True(age.CompareTo(TimeSpan.FromMinutes(1)) > 0);
    }
}
