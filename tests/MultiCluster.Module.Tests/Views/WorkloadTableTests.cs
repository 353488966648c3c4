namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of what runs.</summary>
public sealed class WorkloadTableTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void Pods() => sample.AssertShows("*", "Get-KubeResource pod -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name                        Ready State   Restarts Age
        ----------- --------- ----                        ----- -----   -------- ---
        prod-eu     web       api-gateway-h7wz8fp5l-v9qvj 1/1   Running        0 53d
        prod-eu     web       api-gateway-h7wz8fp5l-z4vgq 1/1   Running        0 103d
        prod-eu     web       storefront-m2khlnwnk-9jstf  1/1   Running        0 47d
        prod-eu     web       storefront-m2khlnwnk-dtmsp  1/1   Running        0 10d
        prod-eu     web       storefront-m2khlnwnk-fgv9v  1/1   Running        0 23d
        prod-eu     web       storefront-m2khlnwnk-lbb4v  1/1   Running        6 16d
        staging     web       api-gateway-l8r4gvnfx-jtn6p 1/1   Running        0 24d
        staging     web       api-gateway-l8r4gvnfx-qhj8c 1/1   Running        0 47d
        staging     web       api-gateway-l8r4gvnfx-zgfjw 1/1   Running        0 97d
        staging     web       storefront-8whp96bzp-5xpwq  1/1   Running        0 20d
        staging     web       storefront-8whp96bzp-jgmd7  1/1   Running        0 43d
        staging     web       storefront-8whp96bzp-sxwb2  1/1   Running        0 2d23h
        """);

    [Fact]
    public void Pods_in_trouble() => sample.AssertShows("prod-eu", "Get-KubeResource pod -n payments, checkout", """
        ClusterName Namespace Name                              Ready State            Restarts Age
        ----------- --------- ----                              ----- -----            -------- ---
        prod-eu     payments  nightly-settlement-########-9d8vw 0/1   Completed               0 9h
        prod-eu     payments  payments-api-gbh4xm9g5-cs2sb      1/1   Running                 0 6d17h
        prod-eu     payments  payments-api-gbh4xm9g5-jwtmp      1/1   Running                 0 7d19h
        prod-eu     payments  payments-api-gbh4xm9g5-jzxs2      0/1   CrashLoopBackOff       71 35h
        prod-eu     payments  payments-api-gbh4xm9g5-ntvfb      1/1   Running                 0 2d3h
        prod-eu     payments  payments-api-gbh4xm9g5-w8tmg      0/1   Pending                 0 5d6h
        prod-eu     payments  payments-api-gbh4xm9g5-x5jcv      1/1   Running                 0 7d11h
        prod-eu     payments  payments-api-gbh4xm9g5-zp4sq      1/1   Running                 0 6d3h
        prod-eu     payments  postgres-0                        1/1   Running                 0 33d
        prod-eu     payments  postgres-1                        1/1   Running                 0 33d
        prod-eu     checkout  cart-mcp5bsttp-9b6pz              1/1   Running                 0 49d
        prod-eu     checkout  cart-mcp5bsttp-rtbcx              0/1   ImagePullBackOff        0 8d
        prod-eu     checkout  cart-mcp5bsttp-wrqkw              1/1   Running                 0 45d
        """);

    [Fact]
    public void A_pod_as_a_list() => sample.AssertShows("prod-eu", "Get-KubeResource pod -n web -First 1 | Format-List", """
        ClusterName       : prod-eu
        ClusterId         : sandbox:prod-eu
        Namespace         : web
        Name              : api-gateway-h7wz8fp5l-v9qvj
        Ready             : 1/1
        State             : Running
        Restarts          : 0
        LastRestart       :
        Ip                : 10.32.11.176
        Node              : node-2
        NominatedNode     :
        ReadinessGates    :
        CreationTimestamp : ##/##/#### ##:##:##
        Age               : 53d
        Labels            : {[app, api-gateway], [app.kubernetes.io/name, api-gateway], [pod-template-hash, h7wz8fp5l], [tier,
                            frontend]…}
        """);

    [Fact]
    public void Deployments() => sample.AssertShows("*", "Get-KubeResource deployment -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name         Ready UpToDate Available Age
        ----------- --------- ----         ----- -------- --------- ---
        prod-eu     checkout  cart         2/3          3         2 57d
        prod-eu     payments  payments-api 5/7          7         5 9d
        prod-eu     web       api-gateway  2/2          2         2 131d
        prod-eu     web       storefront   4/4          4         4 48d
        staging     checkout  cart         1/2          2         1 151d
        staging     payments  fraud-check  2/3          3         2 71d
        staging     payments  payments-api 2/3          3         2 104d
        staging     search    search-query 2/2          2         2 26d
        staging     web       api-gateway  3/3          3         3 122d
        staging     web       storefront   3/3          3         3 50d
        """);

    [Fact]
    public void ReplicaSets() => sample.AssertShows("*", "Get-KubeResource replicaset -n web | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name                  Desired Current Ready Age
        ----------- --------- ----                  ------- ------- ----- ---
        prod-eu     web       api-gateway-gkmkl5qxq       0       0     0 131d
        prod-eu     web       api-gateway-h7wz8fp5l       2       2     2 65d
        prod-eu     web       storefront-m2khlnwnk        4       4     4 24d
        prod-eu     web       storefront-x45pj2ndb        0       0     0 48d
        staging     web       api-gateway-8kpvfrtmf       0       0     0 122d
        staging     web       api-gateway-l8r4gvnfx       3       3     3 61d
        staging     web       storefront-8whp96bzp        3       3     3 25d
        staging     web       storefront-r6m94q6dd        0       0     0 50d
        """);

    [Fact]
    public void StatefulSets() => sample.AssertShows("*", "Get-KubeResource statefulset -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name     Ready Age
        ----------- --------- ----     ----- ---
        prod-eu     payments  postgres 2/2   100d
        staging     payments  postgres 2/2   323d
        """);

    [Fact]
    public void DaemonSets() => sample.AssertShows("*", "Get-KubeResource daemonset -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace   Name          Desired Ready UpToDate Available Age
        ----------- ---------   ----          ------- ----- -------- --------- ---
        prod-eu     kube-system kube-proxy          3     3        3         3 146d
        prod-eu     monitoring  node-exporter       1     1        1         1 271d
        staging     kube-system kube-proxy          3     3        3         3 138d
        staging     monitoring  node-exporter       1     1        1         1 169d
        """);

    [Fact]
    public void Rollouts() => sample.AssertShows("*", "Get-KubeRollout -A | Sort-Object ClusterName -Stable", """
        ClusterName       Kind        Namespace  Name                                                   State      Updated Avail
        -----------       ----        ---------  ----                                                   -----      ------- -----
        prod-eu           Deployment  checkout   cart                                                   InProgress     3/3   2/3
        prod-eu           Deployment  payments   payments-api                                           InProgress     7/7   5/7
        prod-eu           Deployment  web        api-gateway                                            Done           2/2   2/2
        prod-eu           Deployment  web        storefront                                             Done           4/4   4/4
        prod-eu           StatefulSet payments   postgres                                               Done           2/2   2/2
        prod-eu           DaemonSet   kube…ystem kube-proxy                                             Done           3/3   3/3
        prod-eu           DaemonSet   monitoring node-exporter                                          Done           1/1   1/1
        staging           Deployment  checkout   cart                                                   InProgress     2/2   1/2
        staging           Deployment  payments   fraud-check                                            InProgress     3/3   2/3
        staging           Deployment  payments   payments-api                                           InProgress     3/3   2/3
        staging           Deployment  search     search-query                                           Done           2/2   2/2
        staging           Deployment  web        api-gateway                                            Done           3/3   3/3
        staging           Deployment  web        storefront                                             Done           3/3   3/3
        staging           StatefulSet payments   postgres                                               Done           2/2   2/2
        staging           DaemonSet   kube…ystem kube-proxy                                             Done           3/3   3/3
        staging           DaemonSet   monitoring node-exporter                                          Done           1/1   1/1
        """);

    [Fact]
    public void Rollouts_wide() => sample.AssertShows("prod-eu", "Get-KubeRollout -n payments, checkout | Format-Table -View wide", """
        ClusterName       Kind        Namespace  Name     State      Rev Updated Avail Message                          Images
        -----------       ----        ---------  ----     -----      --- ------- ----- -------                          ------
        prod-eu           Deployment  payments   payments InProgress   2     7/7   5/7 5 of 7 replicas are available    registry
                                                 -api                                                                   .example
                                                                                                                        .com/pay
                                                                                                                        ments-ap
                                                                                                                        i:1.13.6
        prod-eu           Deployment  checkout   cart     InProgress   2     3/3   2/3 2 of 3 replicas are available    registry
                                                                                                                        .example
                                                                                                                        .com/car
                                                                                                                        t:1.23.8
        prod-eu           StatefulSet payments   postgres Done         1     2/2   2/2                                  registry
                                                                                                                        .example
                                                                                                                        .com/pos
                                                                                                                        tgres:1.
                                                                                                                        29.6
        """);

    [Fact]
    public void A_rollout_as_a_list() => sample.AssertShows("prod-eu", "Get-KubeRollout deploy cart -n checkout | Format-List", """
        ClusterName : prod-eu
        ClusterId   : sandbox:prod-eu
        Kind        : Deployment
        Namespace   : checkout
        Name        : cart
        State       : InProgress
        Message     : 2 of 3 replicas are available
        Revision    : 2
        Ready       : 2
        UpToDate    : 3
        Available   : 2
        Desired     : 3
        Paused      : False
        ChangeCause :
        Images      : registry.example.com/cart:1.23.8
        """);

    [Fact]
    public void Revisions() => sample.AssertShows("*", "Get-KubeRollout deploy, sts -n web, payments -History | Sort-Object ClusterName -Stable", """
        ClusterName       Namespace  Name                                   Rev Now    Age ChangeCause
        -----------       ---------  ----                                   --- ---    --- -----------
        prod-eu           web        api-gateway                              1       131d
        prod-eu           web        api-gateway                              2 *      65d
        prod-eu           web        storefront                               1        48d
        prod-eu           web        storefront                               2 *      24d
        prod-eu           payments   payments-api                             1         9d
        prod-eu           payments   payments-api                             2 *    4d20h
        prod-eu           payments   postgres                                 1 *     100d
        staging           web        api-gateway                              1       122d
        staging           web        api-gateway                              2 *      61d
        staging           web        storefront                               1        50d
        staging           web        storefront                               2 *      25d
        staging           payments   fraud-check                              1        71d
        staging           payments   fraud-check                              2 *      35d
        staging           payments   payments-api                             1       104d
        staging           payments   payments-api                             2 *      52d
        staging           payments   postgres                                 1 *     323d
        """);

    [Fact]
    public void Jobs() => sample.AssertShows("*", "Get-KubeResource job -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name                        State    Completions Duration Age
        ----------- --------- ----                        -----    ----------- -------- ---
        prod-eu     payments  nightly-settlement-######## Complete 1/1               6m 9h
        staging     payments  nightly-settlement-######## Complete 1/1               6m 9h
        """);

    [Fact]
    public void CronJobs() => sample.AssertShows("*", "Get-KubeResource cronjob -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name               Schedule   Suspend Active Last Age
        ----------- --------- ----               --------   ------- ------ ---- ---
        prod-eu     payments  nightly-settlement 15 2 * * * False        0   9h 120d
        staging     payments  nightly-settlement 15 2 * * * False        0   9h 120d
        """);

    [Fact]
    public void HorizontalPodAutoscalers() => sample.AssertShows("*", "Get-KubeResource hpa -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name        Targets      Max Replicas Age
        ----------- --------- ----        -------      --- -------- ---
        prod-eu     web       api-gateway cpu: 91%/70%   6        2 131d
        prod-eu     web       storefront  cpu: 16%/70%  12        4 48d
        staging     web       api-gateway cpu: 18%/70%   9        3 122d
        staging     web       storefront  cpu: 10%/70%   9        3 50d
        """);

    [Fact]
    public void PodDisruptionBudgets() => sample.AssertShows("*", "Get-KubeResource pdb -A | Sort-Object ClusterName -Stable", """
        ClusterName Namespace Name         MinAvail MaxUnavail Allowed Age
        ----------- --------- ----         -------- ---------- ------- ---
        prod-eu     checkout  cart              N/A          1       0 57d
        prod-eu     payments  payments-api      N/A          1       0 9d
        prod-eu     payments  postgres          N/A          1       1 100d
        staging     checkout  cart              N/A          1       0 151d
        staging     payments  fraud-check       N/A          1       0 71d
        staging     payments  payments-api      N/A          1       0 104d
        staging     payments  postgres          N/A          1       1 323d
        staging     search    search-query      N/A          1       1 26d
        """);

    [Fact]
    public void Several_kinds_at_once() => sample.AssertShows("staging", "Get-KubeResource node, deployment -A", """
        ClusterName Kind       Namespace Name         Ready State Age
        ----------- ----       --------- ----         ----- ----- ---
        staging     Node                 node-1             Ready 200d
        staging     Node                 node-2             Ready 199d
        staging     Node                 node-3             Ready 198d
        staging     Deployment checkout  cart         1/2         151d
        staging     Deployment payments  fraud-check  2/3         71d
        staging     Deployment payments  payments-api 2/3         104d
        staging     Deployment search    search-query 2/2         26d
        staging     Deployment web       api-gateway  3/3         122d
        staging     Deployment web       storefront   3/3         50d
        """);
}
