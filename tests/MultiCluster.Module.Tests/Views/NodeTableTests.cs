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
        ClusterName       Node             Going Blocked Waves Reason
        -----------       ----             ----- ------- ----- ------
        prod-eu           node-1               3       3     2 2 pods belong to DaemonSets (-IgnoreDaemonSet). Pod
                                                               default/debug-shell has no controller (-Force lets it go).
        staging           node-1               2       3     1 2 pods belong to DaemonSets (-IgnoreDaemonSet). Pod
                                                               default/debug-shell has no controller (-Force lets it go).
        """);

    [Fact]
    public void The_pods_of_a_plan() => sample.AssertShows("staging", "(Invoke-KubeDrain node-1 -WhatIf).Pods", """
        ClusterName       Namespace    Name                 Outcome  Reason
        -----------       ---------    ----                 -------  ------
        staging           default      debug-shell          Blocked  has no controller (-Force lets it go)
        staging           kube-system  kube-proxy-kj2l6     Blocked  belongs to DaemonSet kube-proxy, which would bring it back
                                                                     at once (-IgnoreDaemonSet leaves it there)
        staging           monitoring   node-exporter-m2vjp  Blocked  belongs to DaemonSet node-exporter, which would bring it
                                                                     back at once (-IgnoreDaemonSet leaves it there)
        staging           payments     fraud-che…q9mq-2v8n5 Evict    must wait for its budget: Budget payments/fraud-check
                                                                     allows nothing now: 2 of 3 pods are healthy, and 2 must
                                                                     be. A pod may go when 1 more pod is ready; with
                                                                     unhealthyPodEvictionPolicy AlwaysAllow, those that are not
                                                                     ready may go at once; budget fraud-check
        staging           web          storefron…6bzp-jgmd7 Evict
        """);

    [Fact]
    public void Budgets() => sample.AssertShows("staging", "Get-KubePodDisruption -A", """
        ClusterName       Namespace   Name            Allowed   Healthy Reason
        -----------       ---------   ----            -------   ------- ------
        staging           checkout    cart                  0    1 of 2 Budget checkout/cart allows nothing now: 1 of 2 pods
                                                                        are healthy, and 1 must be. A pod may go when 1 more
                                                                        pod is ready; with unhealthyPodEvictionPolicy
                                                                        AlwaysAllow, those that are not ready may go at once.
        staging           payments    fraud-check           0    2 of 3 Budget payments/fraud-check allows nothing now: 2 of 3
                                                                        pods are healthy, and 2 must be. A pod may go when 1
                                                                        more pod is ready; with unhealthyPodEvictionPolicy
                                                                        AlwaysAllow, those that are not ready may go at once.
        staging           payments    payments-api          0    2 of 3 Budget payments/payments-api allows nothing now: 2 of 3
                                                                        pods are healthy, and 2 must be. A pod may go when 1
                                                                        more pod is ready; with unhealthyPodEvictionPolicy
                                                                        AlwaysAllow, those that are not ready may go at once.
        staging           payments    postgres              1    2 of 2
        staging           search      search-query          1    2 of 2
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
        ClusterName       Allowed Verb    Resource         Namespace    Reason
        -----------       ------- ----    --------         ---------    ------
        prod-eu           True    get     pods             default
        prod-eu           True    delete  pods             default
        prod-eu           True    get     nodes
        prod-eu           True    delete  nodes
        staging           True    get     pods             default
        staging           True    delete  pods             default
        staging           True    get     nodes
        staging           True    delete  nodes
        """);
}
