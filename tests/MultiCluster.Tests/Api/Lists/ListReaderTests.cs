using System.Text;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Api.Lists;

public sealed class ListReaderTests
{
    private const string Pods = """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"abc","remainingItemCount":3},"items":[{"metadata":{"name":"a"}}, {"metadata":{"name":"b]}"}},{"metadata":{"name":"c"}}]}""";
    private const string Widgets = """{"apiVersion":"example.com/v1","items":[{"kind":"Widget","metadata":{"name":"a"}}],"kind":"WidgetList","metadata":{"continue":"","resourceVersion":"9"}}""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1 << 20)]
    public async Task Items_are_the_same_however_the_bytes_arrive(int chunk)
    {
        var (items, reader) = await ReadAsync(Pods, chunk);
        Assert.Equal(["""{"metadata":{"name":"a"}}""", """{"metadata":{"name":"b]}"}}""", """{"metadata":{"name":"c"}}"""], items);
        Assert.Equal(new ListMetadata("7", "abc", 3), reader.Metadata);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1 << 20)]
    public async Task Metadata_that_follows_the_items_is_read(int chunk)
    {
        var (items, reader) = await ReadAsync(Widgets, chunk);
        Assert.Single(items);
        Assert.Equal(new ListMetadata("9", null, null), reader.Metadata);
    }

    [Fact]
    public async Task An_item_larger_than_the_buffer_comes_whole()
    {
        var large = """{"metadata":{"name":"NAME"}}""".Replace("NAME", new string('x', 3_000_000), StringComparison.Ordinal);
        var (items, _) = await ReadAsync("""{"kind":"L","items":[{"metadata":{"name":"a"}},LARGE,{"metadata":{"name":"c"}}]}""".Replace("LARGE", large, StringComparison.Ordinal), 16 * 1024);
        Assert.Equal(3, items.Count);
        Assert.Equal(large, items[1]);
    }

    [Fact]
    public async Task A_table_has_columns_and_rows()
    {
        var (items, reader) = await ReadAsync("""{"kind":"Table","metadata":{"resourceVersion":"1"},"columnDefinitions":[{"name":"Ready","type":"string","priority":0},{"name":"Secret","type":"string","priority":1}],"rows":[{"cells":["True","s"],"object":{"metadata":{"name":"a"}}}]}""", 50);
        Assert.True(reader.IsTable);
        Assert.Equal(["Ready", "Secret"], reader.Columns.Select(column => column.Name));
        Assert.Equal(1, reader.Columns[1].Priority);
        Assert.Single(items);
    }

    [Theory]
    [InlineData("""{"kind":"PodList","items":null}""")]
    [InlineData("""{"kind":"PodList","items":[]}""")]
    [InlineData("""{"kind":"PodList"}""")]
    public async Task A_list_without_items_is_empty(string json) => Assert.Empty((await ReadAsync(json, 8)).Items);

    [Theory]
    [InlineData("<html></html>", "brace")]
    [InlineData("""{"kind":"PodList","items":[1]}""", "no object")]
    [InlineData("""{"kind":"PodList","items":[{"a":1},,{}]}""", "no object")]
    [InlineData("""{"kind" "PodList"}""", "colon")]
    [InlineData("""{"kind":"Status","status":"Success"}""", "Status")]
    public async Task What_is_no_list_is_a_decode_fault(string json, string says)
    {
        var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(json, 1 << 20))).Fault;
        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods is forbidden: no","reason":"Forbidden","code":403}""", FaultPhase.Forbidden, 403, "Forbidden (no)")]
    [InlineData("""{"code":429,"reason":"TooManyRequests","message":"busy","status":"Failure","kind":"Status"}""", FaultPhase.Throttled, 429, "TooManyRequests (busy)")]
    [InlineData("""{"kind":"Status","status":"Failure","message":"gone","reason":"Expired"}""", FaultPhase.Invalid, 410, "Expired (gone)")]
    [InlineData("""{"kind":"Status","status":"Failure"}""", FaultPhase.Server, 500, "HTTP 500")]
    public async Task A_Status_is_what_its_code_would_have_meant(string json, FaultPhase phase, int code, string detail)
    {
        foreach (var chunk in new[] { 3, 1 << 20 })
        {
            var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(json, chunk))).Fault;

            Assert.Equal((phase, code, detail), (fault.Phase, fault.HttpStatus, fault.Detail));
        }
    }

    [Fact]
    public async Task Of_a_Status_that_goes_on_and_on_no_more_is_kept_than_a_fault_needs()
    {
        var json = $$"""{"kind":"Status","status":"Failure","code":403,"message":"{{new string('x', 100_000)}}","reason":"Forbidden"}""";

        var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(json, 1 << 20))).Fault;

        Assert.Equal((FaultPhase.Forbidden, 403, "Forbidden"), (fault.Phase, fault.HttpStatus, fault.Detail));
    }

    [Fact]
    public async Task A_list_that_ends_early_is_a_decode_fault()
    {
        for (var length = 0; length < Pods.Length; length++)
        {
            var fault = (await Assert.ThrowsAsync<FaultException>(() => ReadAsync(Pods[..length], 1 << 20))).Fault;
            Assert.Equal(FaultPhase.Decode, fault.Phase);
        }
    }

    private static async Task<(List<string> Items, ListReader Reader)> ReadAsync(string json, int chunk)
    {
        using var reader = new ListReader(new ChunkedStream(Encoding.UTF8.GetBytes(json), chunk));
        List<byte[]> items = [];
        List<string> all = [];
        while (await reader.ReadAsync(items, TestContext.Current.CancellationToken))
        {
            all.AddRange(items.Select(Encoding.UTF8.GetString));
            items.Clear();
        }

        return (all, reader);
    }

    /// <summary>Hands out at most so many bytes a read, as a socket does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
