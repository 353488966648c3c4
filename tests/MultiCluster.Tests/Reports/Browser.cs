using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Reports;

/// <summary>A headless Chromium with one page open, spoken to by its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly DirectoryInfo _profile;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly Task _reading;
    private int _last;

    private Browser(Process process, DirectoryInfo profile, ClientWebSocket socket)
    {
        (_process, _profile, _socket) = (process, profile, socket);
        _reading = ReadAsync();
    }

    /// <summary>The program; null where there is none.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("MULTICLUSTER_BROWSER") is { Length: > 0 } path && File.Exists(path) ? path : null;

    /// <summary>What the page has asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What it has to say of errors, of its own and of the page's policy.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Opens a page, and waits until it has been loaded.</summary>
    public static async Task<Browser> OpenAsync(string file, bool dark = false)
    {
        var profile = Directory.CreateTempSubdirectory("multicluster-browser-");
        var start = new ProcessStartInfo(Program!, ["--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "--window-size=1280,1600", "about:blank"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        string? line;
        while ((line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)) is not null && !line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
        {
            // What it says of the machine's graphics.
        }

        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var address = new Uri(line!["DevTools listening on ".Length..]);
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync($"http://{address.Authority}/json/list", TestContext.Current.CancellationToken))!.AsArray();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri((string)pages.First(static page => (string)page!["type"]! == "page")!["webSocketDebuggerUrl"]!), TestContext.Current.CancellationToken);
        var browser = new Browser(process, profile, socket);
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
            await browser.AskAsync($"{domain}.enable");
        await browser.AskAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }) });
        await browser.AskAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        while (await browser.EvaluateAsync("document.readyState + location.protocol") != "completefile:")
            await Task.Delay(20, TestContext.Current.CancellationToken);
        return browser;
    }

    /// <summary>The value of an expression in the page, as text.</summary>
    public async Task<string> EvaluateAsync(string script)
    {
        var answer = await AskAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } problem ? throw new InvalidOperationException($"{problem}") : $"{answer["result"]!["value"]}";
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _socket.Dispose();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject? parameters = null)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _asked[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var message = new MemoryStream();
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                Take(JsonNode.Parse(message.ToArray())!);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was ended.
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            _asked[(int)id].TrySetResult(message["result"] ?? message["error"]!);
            return;
        }

        var about = message["params"]!;
        switch ((string)message["method"]!)
        {
            case "Network.requestWillBeSent":
                Requests.Enqueue((string)about["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                Errors.Enqueue($"{about["exceptionDetails"]}");
                break;
            case "Runtime.consoleAPICalled":
                Errors.Enqueue($"{about["args"]}");
                break;
            case "Log.entryAdded":
                Errors.Enqueue((string)about["entry"]!["text"]!);
                break;
        }
    }
}
