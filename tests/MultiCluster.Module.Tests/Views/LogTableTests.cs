using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of logs, and of changes while they are watched.</summary>
public sealed class LogTableTests : IAsyncLifetime
{
    private readonly SampleFleet _sample = new();
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        await _sample.InitializeAsync();
        _shell = _sample.Open().Select("staging");
        var log = _sample.Fleet["staging"].Logs.Of("web", Pod, "storefront");
        log.Append("GET /cart 200 in 12 ms");
        log.Append("""{"level":"error","message":"the cart of customer 17 cannot be read: connection refused, and it is not tried again"}""");
    }

    public ValueTask DisposeAsync()
    {
        _shell.Dispose();
        return _sample.DisposeAsync();
    }

    private string Pod => _sample.Fleet["staging"].Store.List("pods").First(static pod => pod.Name.StartsWith("storefront-", StringComparison.Ordinal)).Name;

    [Fact]
    public void Lines() => _shell.AssertShows("Get-KubeLog -n web", """
        staging storefront…6bzp-5xpwq storefront GET /cart 200 in 12 ms
        staging storefront…6bzp-5xpwq storefront {"level":"error","message":"the cart of customer 17 cannot be read: connection
                                                 refused, and it is not tried again"}
        """);

    [Fact]
    public void Lines_with_their_time() => _shell.AssertShows("Get-KubeLog -n web -Timestamps", """
        staging storefront…6bzp-5xpwq storefront ##:##:##.### GET /cart 200 in 12 ms
        staging storefront…6bzp-5xpwq storefront ##:##:##.### {"level":"error","message":"the cart of customer 17 cannot be
                                                              read: connection refused, and it is not tried again"}
        """);

    [Fact]
    public void A_line_as_a_list() => _shell.AssertShows("Get-KubeLog -n web | Select-Object -First 1 | Format-List", """
        ClusterId   : sandbox:staging
        ClusterName : staging
        Namespace   : web
        Pod         : storefront-8whp96bzp-5xpwq
        Container   : storefront
        Timestamp   : ##/##/#### ##:##:## +00:00
        Line        : GET /cart 200 in 12 ms
        Json        :
        """);

    [Fact]
    public void What_happens_to_logs_that_are_followed() => _shell.AssertShows("Get-KubeLog -n web -Follow -MaxStreams 1 -IncludeNotice -WarningAction Ignore | Where-Object Message | Select-Object -First 1", """
        ClusterName       Time     Type          Pod               Message
        -----------       ----     ----          ---               -------
        staging           ##:##:## LeftOut                         5 of 6 containers are left out: at most 1 streams are open
                                                                   at once. They follow as others end. Raise -MaxStreams, or
                                                                   narrow the call with names, -LabelSelector or -Container
        """);

    [Fact]
    public void A_change_with_the_fields_that_differ()
    {
        _shell["change"] = (Action)(() =>
        {
            var json = _sample.Fleet["staging"].Store.Find("pods", "web", Pod)!.ToJson();
            json["metadata"]!["labels"]!["colour"] = "blue";
            json["spec"]!["activeDeadlineSeconds"] = 600;
            _sample.Fleet["staging"].Store.Replace(json);
        });

        _shell.AssertShows("Watch-KubeResource pod -n web -ChangesOnly -IncludeNotice -First 1 | ForEach-Object { if ($_.Type -eq 'Connected') { $change.Invoke() } else { $_ } }", """
            ClusterName       Time     Type     Object                                     Changed
            -----------       ----     ----     ------                                     -------
            staging           ##:##:## Modified Pod/web/storefront-8whp96bzp-5xpwq         metadata.labels.colour and
                                                                                           spec.activeDeadlineSeconds
            """);
    }
}
