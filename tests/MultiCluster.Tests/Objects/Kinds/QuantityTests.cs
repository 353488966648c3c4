using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("12", "12")]
    [InlineData("+3", "3")]
    [InlineData("-0.5", "-0.5")]
    [InlineData(".5", "0.5")]
    [InlineData("100m", "0.1")]
    [InlineData("2n", "0.000000002")]
    [InlineData("7u", "0.000007")]
    [InlineData("1.5Gi", "1610612736")]
    [InlineData("1Ki", "1024")]
    [InlineData("3M", "3000000")]
    [InlineData("1e3", "1000")]
    [InlineData("1E3", "1000")]
    [InlineData("25e-1", "2.5")]
    [InlineData("1E", "1000000000000000000")]
    [InlineData("8Ei", "9223372036854775808")]
    public void A_quantity_is_read_exactly(string text, string value)
    {
        var quantity = Quantity.Parse(text);

        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), quantity.Value);
        Assert.Equal(text, quantity.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999999999Ei")]
    public void What_is_no_quantity_is_refused(string text)
    {
        Assert.False(Quantity.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => Quantity.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantities_compare_by_value_also_with_texts_and_numbers()
    {
        Assert.Equal(Quantity.Parse("1Gi"), Quantity.Parse("1024Mi"));
        Assert.True(Quantity.Parse("1G") < Quantity.Parse("1Gi"));
        Assert.True(Quantity.Parse("2").CompareTo("1500m") > 0);
        Assert.True(Quantity.Parse("2").CompareTo(3) < 0);
        Assert.Equal("0", default(Quantity).ToString());
    }

    [Theory]
    [InlineData("64Mi", "64Mi", "128Mi")]
    [InlineData("512Mi", "512Mi", "1Gi")]
    [InlineData("1Gi", "1", "1073741825")]
    [InlineData("100m", "250m", "350m")]
    [InlineData("500m", "1500m", "2")]
    [InlineData("1k", "24", "1024")]
    [InlineData("0", "64Mi", "64Mi")]
    [InlineData("1.5Gi", "0", "1.5Gi")]
    [InlineData("1Gi", "500m", "1073741824500m")]
    public void A_sum_is_written_as_Kubernetes_would(string one, string other, string sum) =>
        Assert.Equal(sum, (Quantity.Parse(one) + Quantity.Parse(other)).ToString());

    [Fact]
    public void Half_a_core_is_no_whole_number()
    {
        Assert.Equal((2, 2L, 2d, 2m), ((int)Quantity.Parse("2"), (long)Quantity.Parse("2000m"), (double)Quantity.Parse("2"), (decimal)Quantity.Parse("2")));
        Assert.Contains("500m", Assert.Throws<OverflowException>(() => (long)Quantity.Parse("500m")).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => (int)Quantity.Parse("4Gi"));
    }
}
