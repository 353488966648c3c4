namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of streams.</summary>
public sealed class StreamTableTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void Events() => sample.AssertShows("*", "Get-KubeEvent -A", """
        ClusterName LastSeen Type    Reason           Object                     Message
        ----------- -------- ----    ------           ------                     -------
        staging        2m27s Warning BackOff          pod/payments…vjpcf9s-47rsw Back-off restarting failed container
                                                                                 payments-api in pod
                                                                                 payments-api-55vjpcf9s-47rsw
        prod-eu        4m25s Warning Failed           pod/checkout…p5bsttp-rtbcx Error: ImagePullBackOff
        staging          13m Warning FailedScheduling pod/checkout…tt5dbzc-fs8fj 0/3 nodes are available: 3 Insufficient cpu.
        prod-eu          14m Normal  Scheduled        pod/payments…#######-9d8vw Successfully assigned
                                                                                 payments/nightly-settlement-########-9d8vw to
                                                                                 node-3
        staging          30m Warning Failed           pod/payments…fc6q9mq-z467k Error: ImagePullBackOff
        staging          44m Normal  Started          pod/payments…#######-646fc Started container nightly-settlement
        prod-eu          49m Warning BackOff          pod/payments…h4xm9g5-jzxs2 Back-off restarting failed container
                                                                                 payments-api in pod
                                                                                 payments-api-gbh4xm9g5-jzxs2
        prod-eu          57m Warning FailedScheduling pod/payments…h4xm9g5-w8tmg 0/3 nodes are available: 3 Insufficient cpu.
        """);

    [Fact]
    public void An_event_as_a_list() => sample.AssertShows("staging", "Get-KubeEvent -A -First 1 | Format-List", """
        ClusterName : staging
        ClusterId   : sandbox:staging
        Namespace   : payments
        Name        : payments-api-55vjpcf9s-47rsw.900f6d4c66230a48
        LastSeen    : ##/##/#### ##:##:##
        LastSeenAge : 2m27s
        Type        : Warning
        Reason      : BackOff
        Object      : pod/payments-api-55vjpcf9s-47rsw
        Subobject   : spec.containers{payments-api}
        Message     : Back-off restarting failed container payments-api in pod payments-api-55vjpcf9s-47rsw
        Count       : 128
        FirstSeen   : ##/##/#### ##:##:##
        Reporter    : kubelet, node-3
        """);

    [Fact]
    public void Watched_events() => sample.AssertShows("staging", "Watch-KubeEvent -A -Since 30d -First 3", """
        ClusterName       Time     Type    Reason     Object               Message
        -----------       ----     ----    ------     ------               -------
        staging           ##:##:## Normal  Started    pod/payme…####-646fc Started container nightly-settlement
        staging           ##:##:## Warning Failed     pod/payme…q9mq-z467k Error: ImagePullBackOff
        staging           ##:##:## Warning FailedSch… pod/check…dbzc-fs8fj 0/3 nodes are available: 3 Insufficient cpu.
        """);

    [Fact]
    public void Watched_objects() => sample.AssertShows("staging", "Watch-KubeResource pod -n web -First 6", """
        ClusterName       Time     Type     Object                                     Changed
        -----------       ----     ----     ------                                     -------
        staging           ##:##:## Added    Pod/web/api-gateway-l8r4gvnfx-jtn6p
        staging           ##:##:## Added    Pod/web/api-gateway-l8r4gvnfx-qhj8c
        staging           ##:##:## Added    Pod/web/api-gateway-l8r4gvnfx-zgfjw
        staging           ##:##:## Added    Pod/web/storefront-8whp96bzp-5xpwq
        staging           ##:##:## Added    Pod/web/storefront-8whp96bzp-jgmd7
        staging           ##:##:## Added    Pod/web/storefront-8whp96bzp-sxwb2
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
        ClusterName       Time     Type        Kind       Namespace    Message
        -----------       ----     ----        ----       ---------    -------
        prod-eu           ##:##:## Connected   Pod        web          watching pods in namespace web, of which there are 6
        staging           ##:##:## Connected   Pod        web          watching pods in namespace web, of which there are 6
        """);
}
