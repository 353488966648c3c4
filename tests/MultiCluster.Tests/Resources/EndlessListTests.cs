using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Tests.Http;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

/// <summary>Lists whose pages lead nowhere end with a fault, and not with the call's deadline.</summary>
public sealed class EndlessListTests
{
    [Theory]
    [InlineData("a a", 2)] // to itself
    [InlineData("a b a", 3)]
    [InlineData("a b c d b", 5)] // to one in the middle
    public async Task Tokens_that_repeat_are_a_fault(string tokens, int pages)
    {
        var next = tokens.Split(' ');
        var fault = await FaultOfAsync(number => (next[Math.Min(number, next.Length) - 1], """{"metadata":{"name":"one"}}"""), pages);

        Assert.Contains("leads to itself, or to one before it", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_pages_without_end_are_a_fault()
    {
        var fault = await FaultOfAsync(static number => ($"t{number}", ""), 1000);

        Assert.Contains("from one empty page to the next", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_empty_pages_are_none()
    {
        await using var server = Serve(static number => (number < 40 ? $"t{number}" : "", number % 20 == 0 ? """{"metadata":{"name":"one"}}""" : ""));
        await using var session = await SelectedAsync(server);

        var answer = await session.ReadAsync("configmaps");

        Assert.Empty(answer.Faults);
        Assert.Equal(2, answer.Objects.Count);
    }

    private static async Task<Fault> FaultOfAsync(Func<int, (string Token, string Items)> page, int pages)
    {
        await using var server = Serve(page);
        await using var session = await SelectedAsync(server);

        var answer = await session.ReadAsync("configmaps");

        var fault = answer.Fault("it");
        Assert.Equal((FaultPhase.Decode, "list configmaps in all namespaces"), (fault.Phase, fault.Operation));
        Assert.Equal(pages, server.Requests.Count(static head => head.Contains("/configmaps?", StringComparison.Ordinal)));
        return fault;
    }

    private static async Task<TestSession> SelectedAsync(WireServer server)
    {
        var session = TestSession.Of(new { server = server.Url });
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { Qps = 100_000 }.ApplyTo("*"), TestContext.Current.CancellationToken);
        await session.SelectAsync("it");
        return session;
    }

    private static WireServer Serve(Func<int, (string Token, string Items)> page)
    {
        var number = 0;
        return new WireServer(exchange =>
        {
            var (token, items) = page(++number);
            return exchange.AnswerAsync(200, $$"""{"kind":"ConfigMapList","metadata":{"continue":"{{token}}"},"items":[{{items}}]}""");
        });
    }
}
