using System.Text;
using MultiCluster.Logs.Lines;

namespace MultiCluster.Tests.Logs;

public sealed class LogLineReaderTests
{
    private const string Time = "2026-01-31T12:00:00.000000000Z";
    private const long Noon = 1769860800_000000000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Lines_are_the_same_however_their_bytes_arrive(int chunk)
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i => $"{Time} line {i} {new string('x', i)}\n"));
        var lines = await ReadAsync(text, chunk);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (Noon, $"line {i} {new string('x', i)}")), lines.Select(line => (line.Nanoseconds!.Value, line.Text)));
    }

    [Fact]
    public async Task Empty_lines_and_carriage_returns_are_no_text() =>
        Assert.Equal(["", "a", "", "b"], (await ReadAsync($"{Time} \n{Time} a\r\n{Time}\n{Time} b\n")).Select(line => line.Text));

    [Fact]
    public async Task A_line_without_a_time_has_none() =>
        Assert.Equal([(Noon, "a"), (null, "no time here"), (Noon, "b")], (await ReadAsync($"{Time} a\nno time here\n{Time} b\n")).Select(line => (line.Nanoseconds, line.Text)));

    [Fact]
    public async Task A_line_longer_than_the_bound_comes_in_pieces_with_one_time()
    {
        var lines = await ReadAsync($"{Time} {new string('a', 250)}\n{Time} b\n", 64, maxLineBytes: 100);
        Assert.Equal(250, lines.SkipLast(1).Sum(line => line.Text.Length));
        Assert.Equal(3, lines.Count - 1);
        Assert.All(lines, line => Assert.Equal(Noon, line.Nanoseconds));
        Assert.Equal("b", lines[^1].Text);
    }

    [Fact]
    public async Task The_pieces_of_a_line_do_not_depend_on_how_its_bytes_arrive()
    {
        var text = $"{Time} {new string('a', 99_999)}\n";
        Assert.Equal(await ReadAsync(text, 13, 1000), await ReadAsync(text, 50_000, 1000));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_is_one_line_within_its_bound()
    {
        var text = new string('a', 10_000_000);
        Assert.Equal(text, Assert.Single(await ReadAsync($"{Time} {text}\n", 64 * 1024, maxLineBytes: 16 * 1024 * 1024)).Text);
    }

    [Fact]
    public async Task What_follows_the_last_end_of_line_is_known_to_be_unfinished()
    {
        using var reader = new LogLineReader(Stream($"{Time} a\n{Time} unfin", 1000), 1000);
        Assert.True(await reader.ReadAsync(Stop));
        Assert.True(reader.TryNext(out _));
        Assert.False(reader.TryNext(out _));
        Assert.True(reader.InMiddle);
        Assert.False(await reader.ReadAsync(Stop));
        Assert.True(reader.TryLast(out var last));
        Assert.Equal("unfin", Encoding.UTF8.GetString(last.Text));
        Assert.False(reader.TryLast(out _));
    }

    private static async Task<List<(long? Nanoseconds, string Text)>> ReadAsync(string text, int chunk = 100_000, int maxLineBytes = 1024 * 1024)
    {
        using var reader = new LogLineReader(Stream(text, chunk), maxLineBytes);
        List<(long?, string)> lines = [];
        while (await reader.ReadAsync(Stop))
        {
            while (reader.TryNext(out var line))
                lines.Add((line.Nanoseconds, Encoding.UTF8.GetString(line.Text)));
        }

        Assert.False(reader.InMiddle);
        return lines;
    }

    private static ChunkStream Stream(string text, int chunk) => new(Encoding.UTF8.GetBytes(text), chunk);

    private sealed class ChunkStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
