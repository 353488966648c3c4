namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of streams.</summary>
public sealed class StreamTableTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void Events() => sample.AssertShows("*", "Get-KubeEvent -A", """
        ClusterName Namespace LastSeen Type    Reason           Object                                Message
        ----------- --------- -------- ----    ------           ------                                -------
        staging     payments     2m27s Warning BackOff          pod/payments-api-55vjpcf9s-47rsw      Back-off restarting faile…
        prod-eu     checkout     4m25s Warning Failed           pod/cart-mcp5bsttp-rtbcx              Error: ImagePullBackOff
        staging     checkout       13m Warning FailedScheduling pod/cart-mztt5dbzc-fs8fj              0/3 nodes are available: …
        prod-eu     payments       14m Normal  Scheduled        pod/nightly-settlement-########-9d8vw Successfully assigned pay…
        staging     payments       30m Warning Failed           pod/fraud-check-hvfc6q9mq-z467k       Error: ImagePullBackOff
        staging     payments       44m Normal  Started          pod/nightly-settlement-########-646fc Started container nightly…
        prod-eu     payments       49m Warning BackOff          pod/payments-api-gbh4xm9g5-jzxs2      Back-off restarting faile…
        prod-eu     payments       57m Warning FailedScheduling pod/payments-api-gbh4xm9g5-w8tmg      0/3 nodes are available: …
        """);

    [Fact]
    public void An_event_as_a_list() => sample.AssertShows("staging", "Get-KubeEvent -A -First 1 | Format-List", """
        ClusterName  : staging
        ClusterId    : sandbox:staging
        Namespace    : payments
        Name         : payments-api-55vjpcf9s-47rsw.900f6d4c66230a48
        LastSeen     : ##/##/#### ##:##:##
        LastSeenAge  : 2m27s
        Type         : Warning
        Reason       : BackOff
        Object       : pod/payments-api-55vjpcf9s-47rsw
        Subobject    : spec.containers{payments-api}
        Message      : Back-off restarting failed container payments-api in pod payments-api-55vjpcf9s-47rsw
        Count        : 128
        FirstSeenAge : 29m
        Reporter     : kubelet, node-3
        """);

    [Fact]
    public void Watched_events() => sample.AssertShows("staging", "Watch-KubeEvent -A -Since 30d -First 3", """
        ClusterName           Time     Namespace    Type    Reason           Object                             Message
        -----------           ----     ---------    ----    ------           ------                             -------
        staging               ##:##:## payments     Normal  Started          pod/nightly-settlement-########-6… Started contain…
        staging               ##:##:## payments     Warning Failed           pod/fraud-check-hvfc6q9mq-z467k    Error: ImagePul…
        staging               ##:##:## checkout     Warning FailedScheduling pod/cart-mztt5dbzc-fs8fj           0/3 nodes are a…
        """);

    [Fact]
    public void Watched_objects() => sample.AssertShows("staging", "Watch-KubeResource pod -n web -First 6", """
        ClusterName           Time         Type     Kind        Namespace    Name                           Changed
        -----------           ----         ----     ----        ---------    ----                           -------
        staging               ##:##:##.### Added    Pod         web          api-gateway-l8r4gvnfx-jtn6p
        staging               ##:##:##.### Added    Pod         web          api-gateway-l8r4gvnfx-qhj8c
        staging               ##:##:##.### Added    Pod         web          api-gateway-l8r4gvnfx-zgfjw
        staging               ##:##:##.### Added    Pod         web          storefront-8whp96bzp-5xpwq
        staging               ##:##:##.### Added    Pod         web          storefront-8whp96bzp-jgmd7
        staging               ##:##:##.### Added    Pod         web          storefront-8whp96bzp-sxwb2
        """);

    [Fact]
    public void A_watched_object_as_a_list() => sample.AssertShows("staging", "Watch-KubeResource pod -n web -First 1 | Format-List", """
        ClusterName : staging
        ClusterId   : sandbox:staging
        Timestamp   : ##/##/#### ##:##:##
        Type        : Added
        ApiVersion  : v1
        Kind        : Pod
        Namespace   : web
        Name        : api-gateway-l8r4gvnfx-jtn6p
        Changed     : {}
        Object      : Pod/web/api-gateway-l8r4gvnfx-jtn6p
        Previous    :
        """);

    [Fact]
    public void What_happens_to_a_watch() => sample.AssertShows("*", "Watch-KubeResource pod -n web -ChangesOnly -IncludeNotice | Select-Object -First 2 | Sort-Object ClusterName -Stable", """
        ClusterName           Time         Type        Kind        Namespace    Message
        -----------           ----         ----        ----        ---------    -------
        prod-eu               ##:##:##.### Connected   Pod         web          watching pods in namespace web, of which there a
                                                                                re 6
        staging               ##:##:##.### Connected   Pod         web          watching pods in namespace web, of which there a
                                                                                re 6
        """);
}
