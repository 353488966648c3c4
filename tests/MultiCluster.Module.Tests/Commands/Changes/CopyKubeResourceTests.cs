using MultiCluster.Changes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>Copy-KubeResource over two simulated clusters, of which one has the objects.</summary>
public sealed class CopyKubeResourceTests : ChangeShell
{
    private protected override void Fill(SimulatedCluster cluster)
    {
        if (cluster.Name != "sim-1")
            return;
        AddMap(cluster, "a");
        AddMap(cluster, "b");
        cluster.Store.Add("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"web","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"a","uid":"u"}]},"type":"Opaque","data":{"password":"czNjcmV0"} }""");
    }

    [Theory]
    [InlineData("Copy-KubeResource configmap a -Namespace web -Cluster sim-1 -ToCluster sim-2")]
    [InlineData("Get-KubeResource configmap a -Namespace web -Cluster sim-1 | Copy-KubeResource -ToCluster sim-2")]
    [InlineData("Get-KubeResource configmap a -Namespace web -Cluster sim-1 | Copy-KubeResource -ToCluster *")]
    [InlineData("Get-KubeResource configmap a -Namespace web -Cluster sim-1 | Copy-KubeResource -ToCluster (Get-KubeCluster sim-2)")]
    public void An_object_is_copied_to_other_clusters(string script)
    {
        var run = Shell.Run(script);

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-2 ConfigMap a Created"], Told(run));
        Assert.Equal(["1", "1"], Values());
    }

    [Fact]
    public void A_Secret_is_copied_with_its_values_and_shows_none()
    {
        var run = Shell.Run("Copy-KubeResource secret s -Namespace web -ToCluster sim-2 -Verbose -Debug");

        Assert.Equal(["sim-2 Secret s Created"], Told(run));
        var copy = Stored("secrets", "s", "sim-2")!;
        Assert.Equal("czNjcmV0", copy["data"]!["password"]!.ToString());
        Assert.Null(copy["metadata"]!["ownerReferences"]);
        Shell["results"] = run.Output;
        Assert.DoesNotContain("czNjcmV0", Shell.Screen("$results | Format-List * | Out-String; $results.Changes | Out-String"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_may_have_another_name_and_namespace()
    {
        Assert.Equal(["sim-1 ConfigMap c Created"], Told(Shell.Run("Copy-KubeResource configmap a -Namespace web -ToNamespace default -NewName c")));

        Assert.NotNull(Stored("configmaps", "c", ns: "default"));
        Assert.Equal("Kube.Invalid", Shell.Run("Copy-KubeResource configmap a, b -Namespace web -NewName c").Terminated!.Id());
        Assert.Equal("Kube.Invalid", Shell.Run("Copy-KubeResource configmap a -Namespace web").Terminated!.Id());
    }

    [Fact]
    public void A_preview_says_what_would_be_copied_and_copies_nothing()
    {
        Assert.Equal(["sim-2 ConfigMap a Created", "sim-2 ConfigMap b Created"], Told(Shell.Run("Copy-KubeResource configmap * -Namespace web -ToCluster sim-2 -Cluster sim-1 -WhatIf | Where-Object Name -in a, b")));
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void What_others_own_there_is_a_conflict()
    {
        AddMap(Fleet["sim-2"], "a", "theirs");
        Shell.Run("Get-KubeResource configmap a -n web -Cluster sim-2 | Update-KubeResource -Merge @{ data = @{ key = 'theirs too' } }");

        var run = Shell.Run("Copy-KubeResource configmap a -Namespace web -Cluster sim-1 -ToCluster sim-2");

        Assert.Equal(ChangeOutcome.Conflict, Assert.Single(run.Of<KubeApplyResult>()).Outcome);
        Assert.Equal("Kube.Conflict", run.Error.Id());
        Assert.Empty(Shell.Run("Copy-KubeResource configmap a -Namespace web -Cluster sim-1 -ToCluster sim-2 -Force").Errors);
        Assert.Equal(["1", "1"], Values());
    }

    [Fact]
    public void A_protected_cluster_refuses_where_nobody_can_be_asked()
    {
        Shell.Run("Set-KubeCluster sim-2 -Protected");

        Assert.Equal("Kube.Protected", Shell.Run("Copy-KubeResource configmap a -Namespace web -Cluster sim-1 -ToCluster sim-2").Error.Id());
        Assert.Null(Stored("configmaps", "a", "sim-2"));
        Assert.Equal(["sim-2 ConfigMap a Created"], Told(Shell.Run("Copy-KubeResource configmap a -Namespace web -Cluster sim-1 -ToCluster sim-2 -AllowProtected")));
    }
}
