namespace MultiCluster.Module.Tests.Views;

/// <summary>What is shown of clusters and of calls.</summary>
public sealed class ClusterTableTests(SampleFleet sample) : IClassFixture<SampleFleet>
{
    [Fact]
    public void Clusters_that_are_known()
    {
        using var shell = sample.Open();

        shell.AssertShows("Get-KubeCluster", """
            ClusterName       State                  Version     ms Server or problem
            -----------       -----                  -------     -- -----------------
            prod-eu           NotSelected                           https://127.0.0.1:#####
            staging           NotSelected                           https://127.0.0.1:#####
            """);
    }

    [Fact]
    public void Clusters_that_are_selected()
    {
        using var shell = sample.Open();

        shell.AssertShows("Select-KubeCluster *", """
            ClusterName       State                  Version     ms Server or problem
            -----------       -----                  -------     -- -----------------
            prod-eu           Ready                  v1.33.1      # https://127.0.0.1:#####
            staging           Ready                  v1.33.1      # https://127.0.0.1:#####
            """, "ms");
    }

    [Fact]
    public void A_cluster_as_a_list()
    {
        using var shell = sample.Open();

        shell.AssertShows("Select-KubeCluster prod-eu | Format-List", """
            ClusterName       : prod-eu
            ClusterId         : sandbox:prod-eu
            State             : Ready
            LastError         :
            RecommendedAction :
            Reason            :
            Server            : https://127.0.0.1:#####
            Context           : prod-eu
            Kubeconfig        : ~/sandbox
            User              : prod-eu-user
            DefaultNamespace  :
            Version           : v1.33.1
            Distribution      : Kubernetes
            Latency (ms)      : #
            Group             : {}
            Tag               : {}
            IgnoreFinding     : {}
            Protected         : False
            Insecure          : False
            Current           : True
            Selected          : True
            Selectable        : True
            """);
    }

    [Fact]
    public async Task A_cluster_that_refuses_the_login()
    {
        var own = new SampleFleet();
        await own.InitializeAsync();
        await using var fleet = own.Fleet;
        fleet["staging"].Faults.Add(ClusterFault.Unauthorized());
        using var shell = own.Open();

        shell.AssertShows("Select-KubeCluster * -ErrorAction Ignore", """
            ClusterName       State                  Version     ms Server or problem
            -----------       -----                  -------     -- -----------------
            prod-eu           Ready                  v1.33.1      # https://127.0.0.1:#####
            staging           AuthenticationRequired              # Unauthorized.
            """, "ms");
    }

    [Fact]
    public void A_cluster_with_an_alias()
    {
        using var shell = sample.Open();

        shell.AssertShows("Set-KubeCluster staging -Alias stage -PassThru", """
            ClusterName       State                  Version     ms Server or problem
            -----------       -----                  -------     -- -----------------
            stage             NotSelected                           https://127.0.0.1:#####
            """);
    }

    [Fact]
    public void A_cluster_that_was_added()
    {
        using var shell = sample.Open();

        shell.AssertShows("Add-KubeCluster -Name by-hand -Server https://192.0.2.1", """
            ClusterName       State                  Version     ms Server or problem
            -----------       -----                  -------     -- -----------------
            by-hand           NotSelected                           https://192.0.2.1
            """);
    }

    [Fact]
    public void The_test_of_clusters()
    {
        using var shell = sample.Open().Select("*");

        shell.AssertShows("Test-KubeCluster", """
            ClusterName       Reachable Tls         Authenticated    ms Version or problem
            -----------       --------- ---         -------------    -- ------------------
            prod-eu           True      Verified    True              # v1.33.1
            staging           True      Verified    True              # v1.33.1
            """, "ms");
    }

    [Fact]
    public void Namespaces() => sample.AssertShows("staging", "Get-KubeNamespace", """
        ClusterName Name            State  Age
        ----------- ----            -----  ---
        staging     cert-manager    Active 410d
        staging     checkout        Active 410d
        staging     default         Active 410d
        staging     ingress-nginx   Active 410d
        staging     kube-node-lease Active 410d
        staging     kube-public     Active 410d
        staging     kube-system     Active 410d
        staging     monitoring      Active 410d
        staging     payments        Active 410d
        staging     search          Active 410d
        staging     web             Active 410d
        """);

    [Fact]
    public void The_diagnostics_of_clusters()
    {
        using var shell = sample.Open();

        shell.AssertShows("$null = Select-KubeCluster *; Get-KubeClusterDiagnostic", """
            ClusterName       State                  Requests  4xx  5xx  429 P95 ms
            -----------       -----                  --------  ---  ---  --- ------
            prod-eu           Ready                         #    0    0    0      #
            staging           Ready                         #    0    0    0      #
            """, "Requests", "Per s", "P50 ms", "P95 ms");
    }

    [Fact]
    public void The_history_of_a_connection()
    {
        using var shell = sample.Open();

        shell.AssertShows("$null = Select-KubeCluster *; (Get-KubeClusterDiagnostic staging).History", """
            Timestamp           State                  Fault
            ---------           -----                  -----
            ####-##-## ##:##:## Ready
            """);
    }

    [Fact]
    public void What_happened_to_clusters()
    {
        using var shell = sample.Open();

        shell.AssertShows("Register-KubeClusterEvent SelectionChanged -SourceIdentifier mine; $null = Select-KubeCluster * -NoConnect; (Wait-Event mine -Timeout 30).SourceEventArgs.ClusterEvent", """
            ClusterName       Timestamp           Kind              Message
            -----------       ---------           ----              -------
                              ####-##-## ##:##:## SelectionChanged  2 clusters are selected.
            """);
    }

    [Fact]
    public void The_report_of_a_call()
    {
        using var shell = sample.Open();

        shell.AssertShows("$null = Select-KubeCluster * -NoConnect; $null = Get-KubeResource node; Get-KubeFanOut", """
              Id Command              Started         s Answered Failed Skipped  Objects
              -- -------              -------         - -------- ------ -------  -------
               1 Get-KubeResource     ##:##:##        #        2      0       0        6
            """, "s");
    }

    [Fact]
    public void The_clusters_of_a_report()
    {
        using var shell = sample.Open();

        shell.AssertShows("$null = Select-KubeCluster * -NoConnect; $null = Get-KubeResource node; (Get-KubeFanOut).Clusters", """
            ClusterName       Outcome  Objects       ms Phase          Reason
            -----------       -------  -------       -- -----          ------
            prod-eu           Answered       3        #
            staging           Answered       3        #
            """, "ms");
    }
}
