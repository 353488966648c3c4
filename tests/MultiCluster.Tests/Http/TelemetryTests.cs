using MultiCluster.Http;

namespace MultiCluster.Tests.Http;

public sealed class TelemetryTests : ApiClientTests
{
    [Fact]
    public async Task Requests_answers_and_bytes_are_counted()
    {
        await using var server = new WireServer(exchange => exchange.AnswerAsync(exchange.Number switch { 1 => 200, 2 => 429, 3 => 500, _ => 404 }, "{\"a\":1}"));
        var client = NewClient(server, options => options with { Random = () => 0 });

        await client.GetBytesAsync(Pods, Cancelled);
        await FaultOfAsync(client);
        await FaultOfAsync(client);

        var seen = client.Telemetry;
        Assert.Equal((4, 1, 2, 1), (seen.Requests, seen.Status2xx, seen.Status4xx, seen.Status5xx));
        Assert.Equal((1, 1, 0), (seen.Throttled, seen.Retries, seen.InFlight));
        Assert.Equal(4 * 7, seen.BytesReceived);
        Assert.Equal(404, seen.LastFault!.HttpStatus);
        Assert.Equal(4 / 60.0, seen.RequestsPerSecond, 3);
        Assert.Equal(TimeSpan.Zero, seen.LatencyP50);
    }

    [Fact]
    public async Task Open_answers_are_in_flight()
    {
        await using var server = new WireServer(WireServer.Always(200, "{\"a\":1}"));
        var client = NewClient(server);

        await using (await client.SendAsync(Pods, null, Cancelled))
            Assert.Equal(1, client.Telemetry.InFlight);

        Assert.Equal(0, client.Telemetry.InFlight);
    }

    [Fact]
    public void The_rate_forgets_after_a_minute()
    {
        var rate = new RequestRate(Time);
        for (var i = 0; i < 30; i++)
            rate.Count();
        Time.Advance(TimeSpan.FromSeconds(59));
        rate.Count();
        Assert.Equal(31 / 60.0, rate.PerSecond(), 3);

        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1 / 60.0, rate.PerSecond(), 3);
    }

    [Fact]
    public void Percentiles_are_of_the_last_256_answers()
    {
        var ring = new LatencyRing();
        Assert.Equal((null, null), ring.Percentiles());
        for (var i = 0; i < 1000; i++)
            ring.Add(TimeSpan.FromHours(1));
        for (var i = 1; i <= 256; i++)
            ring.Add(TimeSpan.FromMilliseconds(i));

        Assert.Equal((TimeSpan.FromMilliseconds(128), TimeSpan.FromMilliseconds(244)), ring.Percentiles());
    }

    [Fact]
    public async Task Three_failures_within_30_s_make_the_connections_anew_once_a_minute()
    {
        await using var server = new WireServer(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        var client = NewClient(server);
        var once = Pods with { Kind = RequestKind.Probe };

        await FaultOfAsync(client, once);
        await FaultOfAsync(client, once);
        Time.Advance(TimeSpan.FromSeconds(31));
        await FaultOfAsync(client, once);
        await FaultOfAsync(client, once);
        Assert.Equal(0, client.Telemetry.Rebuilds);

        await FaultOfAsync(client, once);
        Assert.Equal(1, client.Telemetry.Rebuilds);

        for (var i = 0; i < 6; i++)
            await FaultOfAsync(client, once);
        Assert.Equal(1, client.Telemetry.Rebuilds);

        Time.Advance(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 3; i++)
            await FaultOfAsync(client, once);
        Assert.Equal(2, client.Telemetry.Rebuilds);
    }

    [Fact]
    public async Task An_answer_under_way_outlives_the_connections_it_came_with()
    {
        var resets = false;
        var more = new TaskCompletionSource();
        await using var server = new WireServer(async exchange =>
        {
            if (resets)
            {
                exchange.Reset();
                return;
            }

            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 6\r\n\r\n{\"a");
            await more.Task;
            await exchange.SendAsync("\":1");
        });
        var client = NewClient(server);
        await using var response = await client.SendAsync(Pods with { Kind = RequestKind.Stream }, null, Cancelled);
        resets = true;
        for (var i = 0; i < 3; i++)
            await FaultOfAsync(client, Pods with { Kind = RequestKind.Probe });
        Assert.Equal(1, client.Telemetry.Rebuilds);

        more.SetResult();

        await response.Body.ReadExactlyAsync(new byte[6], Cancelled);
    }
}
