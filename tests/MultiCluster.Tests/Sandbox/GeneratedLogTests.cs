using System.Globalization;
using System.Text.RegularExpressions;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Sandbox;

/// <summary>Logs that write themselves.</summary>
public sealed partial class GeneratedLogTests
{
    [Fact]
    public async Task Every_pod_that_has_run_has_a_log()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 50 });
        var answers = new Dictionary<string, int>();
        foreach (var pod in one.Cluster.Store.List("pods"))
        {
            using var response = await one.Client.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}/log?tailLines=3");
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var state = one.Cluster.Store.Find("pods", pod.Namespace, pod.Name)!.ToJson()["status"]!["containerStatuses"]?[0]?["state"]?.AsObject().First().Key ?? "none";
            answers[$"{state} {(int)response.StatusCode}"] = answers.GetValueOrDefault($"{state} {(int)response.StatusCode}") + 1;
            if ((int)response.StatusCode == 200) Assert.Equal(3, Number().Count(text));
        }
        Assert.Contains("running 200", answers.Keys);
        Assert.Contains("none 204", answers.Keys); // not scheduled
        Assert.Contains("waiting 200", answers.Keys); // a crash loop shows its last run
        Assert.Contains("waiting 400", answers.Keys); // an image that cannot be pulled
        Assert.DoesNotContain("running 400", answers.Keys);
    }

    [Fact]
    public async Task Lines_are_numbered_and_never_change()
    {
        var time = new TestClock();
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 20, Time = time, LogLinesPerSecond = 10 });
        var path = PathOf(one);
        var before = await LinesAsync(one, $"{path}?timestamps=true&tailLines=50");
        time.Advance(TimeSpan.FromSeconds(2));
        var after = await LinesAsync(one, $"{path}?timestamps=true&tailLines=70");
        Assert.Equal(before, after.Take(50));
        Assert.Equal(Enumerable.Range(0, 70).Select(i => NumberOf(after[0]) + i), after.Select(NumberOf));
        Assert.Equal(after.Order(StringComparer.Ordinal), after);
    }

    [Fact]
    public async Task A_follower_gets_each_line_once_at_its_rate()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 20, LogLinesPerSecond = 2000 });
        using var follow = await WatchLines.OpenAsync(one.Client, $"{PathOf(one)}?follow=true&tailLines=1");
        var first = NumberOf((await follow.LineAsync())!);
        for (var i = 1; i < 1000; i++) Assert.Equal(first + i, NumberOf((await follow.LineAsync())!));
    }

    [Fact]
    public async Task A_follower_loses_nothing_while_files_rotate()
    {
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 20, LogLinesPerSecond = 2000 });
        one.Cluster.Logs.RotateAt = 5_000;
        using var follow = await WatchLines.OpenAsync(one.Client, $"{PathOf(one)}?follow=true");
        var first = NumberOf((await follow.LineAsync())!);
        for (var i = 1; i < 1000; i++) Assert.Equal(first + i, NumberOf((await follow.LineAsync())!));
    }

    [Fact]
    public async Task A_rate_can_be_changed()
    {
        var time = new TestClock();
        await using var one = await OneCluster.StartAsync(new FleetOptions { Pods = 20, Time = time, LogLinesPerSecond = 0 });
        var (ns, pod) = Running(one);
        var log = one.Cluster.Logs.Of(ns, pod, Container(one));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, log.Generated);
        log.LinesPerSecond = 100;
        time.Advance(TimeSpan.FromSeconds(1.005));
        Assert.Equal(100, log.Generated);
    }

    private static (string Namespace, string Name) Running(OneCluster one)
    {
        var pod = one.Cluster.Store.List("pods").First(p => p.ToJson()["status"]!["containerStatuses"]?[0]?["state"]?["running"] is not null);
        return (pod.Namespace, pod.Name);
    }

    private static string Container(OneCluster one)
    {
        var (ns, name) = Running(one);
        return one.Cluster.Store.Find("pods", ns, name)!.ToJson()["spec"]!["containers"]![0]!["name"]!.ToString();
    }

    private static string PathOf(OneCluster one)
    {
        var (ns, name) = Running(one);
        return $"/api/v1/namespaces/{ns}/pods/{name}/log";
    }

    private static async Task<List<string>> LinesAsync(OneCluster one, string path)
    {
        using var response = await one.Client.SendAsync(HttpMethod.Get, path);
        return [.. (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static long NumberOf(string line) => long.Parse(Number().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("seq\"?[=:]([0-9]+)")]
    private static partial Regex Number();
}
