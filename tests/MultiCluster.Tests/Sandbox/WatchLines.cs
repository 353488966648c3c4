using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The lines of a running stream. Each is waited for at most half a minute.</summary>
public sealed class WatchLines : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private WatchLines(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    public HttpResponseMessage Response => _response;

    /// <summary>Begins to read what is answered with 200.</summary>
    public static async Task<WatchLines> OpenAsync(ApiClient client, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken).WaitAsync(Patience);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        return new WatchLines(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next line, or null at the stream's end.</summary>
    public async Task<string?> LineAsync() => await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    /// <summary>The next lines; null stands for the stream's end.</summary>
    public async Task<List<string?>> LinesAsync(int count)
    {
        List<string?> lines = [];
        while (lines.Count < count) lines.Add(await LineAsync());
        return lines;
    }

    /// <summary>The next event that is no bookmark.</summary>
    public async Task<WatchLine> NextAsync()
    {
        while (true)
            if (await AnyAsync() is { Type: not "BOOKMARK" } line) return line;
    }

    /// <summary>The next bookmark; what comes before it is passed over.</summary>
    public async Task<WatchLine> BookmarkAsync()
    {
        while (true)
            if (await AnyAsync() is { Type: "BOOKMARK" } line) return line;
    }

    /// <summary>The next event.</summary>
    public async Task<WatchLine> AnyAsync()
    {
        var line = await LineAsync();
        Assert.True(line is not null, "The stream ended.");
        return WatchLine.Parse(line);
    }

    /// <summary>The next events that are no bookmarks, as <c>TYPE name</c>.</summary>
    public async Task<List<string>> TakeAsync(int count)
    {
        List<string> taken = [];
        while (taken.Count < count) taken.Add((await NextAsync()).ToString());
        return taken;
    }

    /// <summary>All events to the end of the stream, bookmarks too.</summary>
    public async Task<List<WatchLine>> RestAsync()
    {
        List<WatchLine> rest = [];
        while (await LineAsync() is { } line) rest.Add(WatchLine.Parse(line));
        return rest;
    }

    public void Dispose()
    {
        _response.Dispose();
        _reader.Dispose();
    }
}

/// <summary>One event.</summary>
public sealed record WatchLine(string Type, JsonObject Object)
{
    public JsonObject? Metadata => Object["metadata"]?.AsObject();

    public string Name => Metadata?["name"]?.ToString() ?? "";

    public string Version => Metadata?["resourceVersion"]?.ToString() ?? "";

    public static WatchLine Parse(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        return new WatchLine(json["type"]!.ToString(), json["object"]!.AsObject());
    }

    public override string ToString() => $"{Type} {Name}";
}
