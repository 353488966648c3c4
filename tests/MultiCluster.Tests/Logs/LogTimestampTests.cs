using System.Text;
using MultiCluster.Logs.Lines;

namespace MultiCluster.Tests.Logs;

public sealed class LogTimestampTests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00.123456789Z text", 1769860800_123456789, 31)]
    [InlineData("2026-01-31T12:00:00Z text", 1769860800_000000000, 21)]
    [InlineData("2026-01-31T12:00:00.5Z text", 1769860800_500000000, 23)]
    [InlineData("2026-01-31T14:00:00.000000001+02:00 text", 1769860800_000000001, 36)]
    [InlineData("2026-01-31T06:30:00-05:30 text", 1769860800_000000000, 26)]
    [InlineData("2026-01-31T12:00:00.123456789Z", 1769860800_123456789, 30)]
    [InlineData("1970-01-01T00:00:00Z ", 0, 21)]
    public void The_forms_that_kubelets_write_are_read(string line, long nanoseconds, int length)
    {
        var reader = default(LogTimestamp);
        Assert.True(reader.TryRead(Encoding.UTF8.GetBytes(line), out var read, out var used));
        Assert.Equal((nanoseconds, length), (read, used));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no time")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31T12:00:00.123456789")]
    [InlineData("2026-01-31T12:00:00.1234567890Z too many digits")]
    [InlineData("2026-01-31 12:00:00Z another form")]
    [InlineData("2026-13-31T12:00:00Z no such month")]
    [InlineData("2026-02-30T12:00:00Z no such day")]
    [InlineData("2026-01-31T24:00:00Z no such hour")]
    [InlineData("2026-01-31T12:00:00+0200 another zone")]
    [InlineData("2026-01-31T12:00:00Ztext")]
    [InlineData("20x6-01-31T12:00:00Z no digits")]
    [InlineData("9999-01-31T12:00:00Z beyond nanoseconds")]
    public void What_is_no_time_is_none(string line)
    {
        var reader = default(LogTimestamp);
        Assert.False(reader.TryRead(Encoding.UTF8.GetBytes(line), out _, out var used));
        Assert.Equal(0, used);
    }

    [Fact]
    public void Lines_of_one_second_and_of_others_are_read_one_after_the_other()
    {
        var reader = default(LogTimestamp);
        List<long> read = [];
        foreach (var text in new[] { "12:00:00.1Z", "12:00:00.2+01:00", "12:00:09.3Z", "12:00:00.4Z", "nonsense", "12:00:00.5Z" })
        {
            if (reader.TryRead(Encoding.UTF8.GetBytes($"2026-01-31T{text} x"), out var nanoseconds, out _))
                read.Add((nanoseconds - 1769860800_000000000) / 100_000_000);
        }

        Assert.Equal([1, -36000 + 2, 93, 4, 5], read);
    }
}
