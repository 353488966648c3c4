using System.Text;
using MultiCluster.Api.Watches;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Api.Watches;

public sealed class WatchReaderTests
{
    private const string Three = """
        {"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"3"},"spec":{"x":"}\n{\"{"}}}
        {"object":{"metadata":{"resourceVersion":"4","name":"b"}},"type":"MODIFIED"}

        {"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9","creationTimestamp":null,"annotations":{"k8s.io/initial-events-end":"true"}}}}

        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1 << 20)]
    public async Task Events_are_the_same_however_the_bytes_arrive(int chunk)
    {
        var lines = await ReadAsync(Three, chunk);
        Assert.Equal([WatchLineType.Added, WatchLineType.Modified, WatchLineType.Bookmark], lines.Select(line => line.Type));
        Assert.Equal(["3", "4", "9"], lines.Select(line => line.ResourceVersion));
        Assert.Equal([false, false, true], lines.Select(line => line.EndsInitialEvents));
        Assert.Equal("""{"kind":"Pod","metadata":{"name":"a","resourceVersion":"3"},"spec":{"x":"}\n{\"{"}}""", Text(lines[0]));
        Assert.Equal("""{"metadata":{"resourceVersion":"4","name":"b"}}""", Text(lines[1]));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_comes_whole_and_so_does_what_follows()
    {
        var large = $$"""{"metadata":{"name":"large"},"data":"{{new string('x', 10_000_000)}}"}""";
        var lines = await ReadAsync($"{{\"type\":\"ADDED\",\"object\":{large}}}\n{Three}", 16 * 1024);
        Assert.Equal(4, lines.Count);
        Assert.Equal(large, Text(lines[0]));
    }

    [Fact]
    public async Task A_line_beyond_the_bound_is_a_fault_that_names_it_and_the_way_out()
    {
        var line = $$$"""{"type":"ADDED","object":{"metadata":{"name":"large"},"data":"{{{new string('x', 3_000_000)}}}"}}""" + "\n";
        var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(line, 16 * 1024, maxBytes: 1 << 20))).Fault;
        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Contains("larger than 1 MiB", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("-MaxEventMB", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_before_what_is_wrong_are_handed_out_first()
    {
        using var reader = new WatchReader(new MemoryStream(Encoding.UTF8.GetBytes(Three + "<html>\n")), asTable: false, 1 << 20);
        List<WatchLine> lines = [];
        Assert.True(await reader.ReadAsync(lines, TestContext.Current.CancellationToken));
        Assert.Equal(3, lines.Count);
        Assert.Equal(FaultPhase.Decode, (await Assert.ThrowsAsync<FaultException>(async () => await reader.ReadAsync(lines, TestContext.Current.CancellationToken))).Fault.Phase);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task A_Status_in_the_place_of_events_is_an_error_of_the_watch(string end)
    {
        const string Status = """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old","reason":"Expired","code":410}""";

        var line = Assert.Single(await ReadAsync(Status + end, 16));

        Assert.Equal((WatchLineType.Error, Status), (line.Type, Text(line)));
    }

    [Theory]
    [InlineData("<html>\n", "brace")]
    [InlineData("{\"type\":\"ADDED\"}\n", "no object")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{\"metadata\":{}}\n", "ends early")]
    [InlineData("{\"type\" \"ADDED\"}\n", "colon")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{}}", "in the middle of an event")]
    [InlineData("{\"type\":\"ADD", "in the middle of an event")]
    public async Task What_is_no_event_is_a_decode_fault(string text, string says)
    {
        var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(text, 1 << 20))).Fault;
        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_an_unknown_type_are_read_and_named_so()
    {
        var line = Assert.Single(await ReadAsync("{\"type\":\"RENAMED\",\"object\":{\"metadata\":{\"name\":\"a\"}}}\n", 5));
        Assert.Equal(WatchLineType.Other, line.Type);
    }

    [Fact]
    public async Task Tables_bring_a_row_each_and_their_columns_once()
    {
        const string table = """
            {"type":"ADDED","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"5"},"columnDefinitions":[{"name":"Color","type":"string","priority":0}],"rows":[{"cells":["green"],"object":{"metadata":{"name":"w","resourceVersion":"5"}}}]}}
            {"type":"MODIFIED","object":{"kind":"Table","metadata":{"resourceVersion":"6"},"columnDefinitions":null,"rows":[{"cells":["red"],"object":{"metadata":{"name":"w","resourceVersion":"6"}}}]}}
            {"type":"BOOKMARK","object":{"kind":"Table","metadata":{"resourceVersion":"8"},"rows":[]}}
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"code":410,"reason":"Expired"}}

            """;
        using var reader = new WatchReader(new MemoryStream(Encoding.UTF8.GetBytes(table)), asTable: true, 1 << 20);
        List<WatchLine> lines = [];
        Assert.True(await reader.ReadAsync(lines, TestContext.Current.CancellationToken));
        Assert.Equal(["5", "6", "8", null], lines.Select(line => line.ResourceVersion));
        Assert.Equal("Color", Assert.Single(reader.Columns).Name);
        Assert.Equal("""{"cells":["red"],"object":{"metadata":{"name":"w","resourceVersion":"6"}}}""", Text(lines[1]));
        Assert.Equal(WatchLineType.Error, lines[3].Type);
    }

    [Fact]
    public async Task Every_line_that_is_cut_short_or_has_a_byte_changed_is_an_event_or_a_decode_fault()
    {
        var line = Encoding.UTF8.GetBytes(Three.Split('\n')[0] + "\n");
        for (var at = 0; at < line.Length - 1; at++)
        {
            foreach (var other in "{}[]\":,\\ x\0"u8.ToArray())
            {
                var changed = line.ToArray();
                changed[at] = other;
                await TryAsync(changed);
            }

            await TryAsync([.. line[..at], (byte)'\n']);
        }
    }

    private static async Task TryAsync(byte[] line)
    {
        using var reader = new WatchReader(new MemoryStream(line), asTable: false, 1 << 20);
        try
        {
            await reader.ReadAsync([], TestContext.Current.CancellationToken);
        }
        catch (FaultException e)
        {
            Assert.Equal(FaultPhase.Decode, e.Fault.Phase);
        }
    }

    private static string Text(WatchLine line) => Encoding.UTF8.GetString(line.Json);

    private static async Task<List<WatchLine>> ReadAsync(string text, int chunk, int maxBytes = 64 << 20)
    {
        using var reader = new WatchReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), asTable: false, maxBytes);
        List<WatchLine> lines = [], all = [];
        while (await reader.ReadAsync(lines, TestContext.Current.CancellationToken))
        {
            all.AddRange(lines);
            lines.Clear();
        }

        return all;
    }

    /// <summary>Hands out at most so many bytes a read, as a socket does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
