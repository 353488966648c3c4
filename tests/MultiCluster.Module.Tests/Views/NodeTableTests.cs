namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of nodes, and of what may be done to them.</summary>
public sealed class NodeTableTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void Nodes() => sample.AssertShows("*", "Get-KubeResource node | Sort-Object ClusterName -Stable", """
        ClusterName Name   State Roles         Age  Version
        ----------- ----   ----- -----         ---  -------
        prod-eu     node-1 Ready control-plane 200d v1.33.1
        prod-eu     node-2 Ready               199d v1.33.1
        prod-eu     node-3 Ready               198d v1.33.1
        staging     node-1 Ready control-plane 200d v1.33.1
        staging     node-2 Ready               199d v1.33.1
        staging     node-3 Ready               198d v1.33.1
        """);

    [Fact]
    public void What_a_drain_would_do() => sample.AssertShows("*", "Invoke-KubeDrain node-1 -WhatIf | Sort-Object ClusterName -Stable", """
        ClusterName            Node                 Going Staying Blocked Waves Reason
        -----------            ----                 ----- ------- ------- ----- ------
        prod-eu                node-1                   3       0       3     2 Pod default/debug-shell has no controller that w
                                                                                ould bring it back (-Force lets it go). Pod kube
                                                                                -system/kube-proxy-tncfw belongs to DaemonSet ku
                                                                                be-proxy, which would bring it back at once (-Ig
                                                                                noreDaemonSet leaves it there). Pod monitoring/n
                                                                                ode-exporter-878w5 belongs to DaemonSet node-exp
                                                                                orter, which would bring it back at once (-Ignor
                                                                                eDaemonSet leaves it there).
        staging                node-1                   2       0       3     1 Pod default/debug-shell has no controller that w
                                                                                ould bring it back (-Force lets it go). Pod kube
                                                                                -system/kube-proxy-kj2l6 belongs to DaemonSet ku
                                                                                be-proxy, which would bring it back at once (-Ig
                                                                                noreDaemonSet leaves it there). Pod monitoring/n
                                                                                ode-exporter-m2vjp belongs to DaemonSet node-exp
                                                                                orter, which would bring it back at once (-Ignor
                                                                                eDaemonSet leaves it there).
        """);

    [Fact]
    public void The_pods_of_a_plan() => sample.AssertShows("staging", "(Invoke-KubeDrain node-1 -WhatIf).Pods", """
        ClusterName            Node                 Namespace      Name                           Outcome  Reason
        -----------            ----                 ---------      ----                           -------  ------
        staging                node-1               default        debug-shell                    Blocked  has no controller tha
                                                                                                           t would bring it back
                                                                                                            (-Force lets it go)
        staging                node-1               kube-system    kube-proxy-kj2l6               Blocked  belongs to DaemonSet
                                                                                                           kube-proxy, which wou
                                                                                                           ld bring it back at o
                                                                                                           nce (-IgnoreDaemonSet
                                                                                                            leaves it there)
        staging                node-1               monitoring     node-exporter-m2vjp            Blocked  belongs to DaemonSet
                                                                                                           node-exporter, which
                                                                                                           would bring it back a
                                                                                                           t once (-IgnoreDaemon
                                                                                                           Set leaves it there)
        staging                node-1               payments       fraud-check-hvfc6q9mq-2v8n5    Evict    must wait for its bud
                                                                                                           get: Budget payments/
                                                                                                           fraud-check allows no
                                                                                                           thing now: 2 of 3 pod
                                                                                                           s are healthy, and 2
                                                                                                           must be. A pod may go
                                                                                                            when 1 more pod is r
                                                                                                           eady; with unhealthyP
                                                                                                           odEvictionPolicy Alwa
                                                                                                           ysAllow, those that a
                                                                                                           re not ready may go a
                                                                                                           t once; budget fraud-
                                                                                                           check
        staging                node-1               web            storefront-8whp96bzp-jgmd7     Evict
        """);

    [Fact]
    public void Budgets() => sample.AssertShows("staging", "Get-KubePodDisruption -A", """
        ClusterName            Namespace      Name                 Allowed   Healthy Reason
        -----------            ---------      ----                 -------   ------- ------
        staging                checkout       cart                       0    1 of 2 Budget checkout/cart allows nothing now: 1
                                                                                     of 2 pods are healthy, and 1 must be. A pod
                                                                                      may go when 1 more pod is ready; with unhe
                                                                                     althyPodEvictionPolicy AlwaysAllow, those t
                                                                                     hat are not ready may go at once.
        staging                payments       fraud-check                0    2 of 3 Budget payments/fraud-check allows nothing
                                                                                     now: 2 of 3 pods are healthy, and 2 must be
                                                                                     . A pod may go when 1 more pod is ready; wi
                                                                                     th unhealthyPodEvictionPolicy AlwaysAllow,
                                                                                     those that are not ready may go at once.
        staging                payments       payments-api               0    2 of 3 Budget payments/payments-api allows nothing
                                                                                      now: 2 of 3 pods are healthy, and 2 must b
                                                                                     e. A pod may go when 1 more pod is ready; w
                                                                                     ith unhealthyPodEvictionPolicy AlwaysAllow,
                                                                                      those that are not ready may go at once.
        staging                payments       postgres                   1    2 of 2
        staging                search         search-query               1    2 of 2
        """);

    [Fact]
    public void A_budget_as_a_list() => sample.AssertShows("staging", "Get-KubePodDisruption postgres -n payments | Format-List", """
        ClusterName        : staging
        ClusterId          : sandbox:staging
        Namespace          : payments
        Name               : postgres
        MinAvailable       :
        MaxUnavailable     : 1
        AllowedDisruptions : 1
        CurrentHealthy     : 2
        DesiredHealthy     : 1
        ExpectedPods       : 2
        CanBeMet           : True
        Reason             :
        Pods               : {payments/postgres-0, payments/postgres-1}
        """);

    [Fact]
    public void What_the_user_may_do() => sample.AssertShows("*", "Test-KubeAccess get, delete pod, node | Sort-Object ClusterName -Stable", """
        ClusterName            Allowed Verb             Resource                       Namespace        Name             Reason
        -----------            ------- ----             --------                       ---------        ----             ------
        prod-eu                True    get              pods                           default
        prod-eu                True    delete           pods                           default
        prod-eu                True    get              nodes
        prod-eu                True    delete           nodes
        staging                True    get              pods                           default
        staging                True    delete           pods                           default
        staging                True    get              nodes
        staging                True    delete           nodes
        """);
}
