using System.Management.Automation;
using MultiCluster.Changes;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>Invoke-KubeApply over two simulated clusters.</summary>
public sealed class InvokeKubeApplyTests : ChangeShell
{
    private const string Map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}, data: {key: '1'}}";

    [Fact]
    public void A_file_is_applied_to_every_selected_cluster()
    {
        Write("a.yaml", Map);

        var run = Shell.Run("Invoke-KubeApply a.yaml");

        Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Created"], Told(run));
        Assert.Equal(["1", "1"], Values());
        Assert.All(run.Of<KubeApplyResult>(), result => Assert.Equal($"{Shell.File("a.yaml")}:1:1", result.Source));
        Assert.Equal(["sim-1 ConfigMap a Unchanged", "sim-2 ConfigMap a Unchanged"], Told(Shell.Run("Invoke-KubeApply a.yaml")));
    }

    [Theory]
    [InlineData("Invoke-KubeApply folder")]
    [InlineData("Invoke-KubeApply folder/*.y*ml")]
    [InlineData("Invoke-KubeApply folder/a.yaml, folder/b.yml")]
    [InlineData("Invoke-KubeApply -LiteralPath folder/a.yaml, folder/b.yml")]
    [InlineData("Get-ChildItem folder/*.y*ml | Invoke-KubeApply")]
    [InlineData("Get-Item folder/a.yaml, folder/b.yml | Invoke-KubeApply")]
    [InlineData("Get-Content folder/a.yaml, folder/b.yml | Invoke-KubeApply")]
    [InlineData("Get-Content folder/a.yaml, folder/b.yml -Raw | Invoke-KubeApply")]
    [InlineData("'{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}}', '---', 'apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: b', '  namespace: web' | Invoke-KubeApply")]
    [InlineData("\"kind: List`napiVersion: v1`nitems:`n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}}`n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: web}}\" | Invoke-KubeApply")]
    [InlineData("'a', 'b' | ForEach-Object { @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = $_; namespace = 'web' } } } | Invoke-KubeApply")]
    [InlineData("'a', 'b' | ForEach-Object { [pscustomobject]@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = $_; namespace = 'web' } } } | Invoke-KubeApply")]
    [InlineData("'a', 'b' | ForEach-Object { \"{apiVersion: v1, kind: ConfigMap, metadata: {name: $_, namespace: web}}\" | ConvertFrom-KubeYaml } | Invoke-KubeApply")]
    public void Whatever_describes_the_objects_is_taken(string script)
    {
        Write("folder/a.yaml", Map);
        Write("folder/b.yml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  namespace: web\n");
        Write("folder/readme.txt", "no manifest");
        Write("folder/inner/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: web}\n");

        var run = Shell.Run(script);

        Assert.Empty(run.Errors);
        Assert.Equal(["sim-1 ConfigMap a Created", "sim-1 ConfigMap b Created", "sim-2 ConfigMap a Created", "sim-2 ConfigMap b Created"], Told(run));
    }

    [Theory]
    [InlineData("Invoke-KubeApply @{ kind = 'ConfigMap' }")]
    [InlineData("Invoke-KubeApply a.yaml, ([pscustomobject]@{ kind = 'ConfigMap' })")]
    [InlineData("Invoke-KubeApply (Get-KubeConfigMap a -Namespace web -Cluster sim-1)")]
    [InlineData("Invoke-KubeApply -LiteralPath @{ kind = 'ConfigMap' }")]
    [InlineData("New-KubeResource -Path @{ kind = 'ConfigMap' }")]
    public void An_object_that_is_no_file_is_said_to_be_piped(string command)
    {
        Write("a.yaml", Map);
        AddMap(Fleet["sim-1"], "a");

        Assert.Contains("An object is no name of a file. Pipe it into the command.", $"{Shell.Run(command).Terminated}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_object_whose_name_another_one_bears_by_now_is_not_applied_to_that()
    {
        AddMap(Fleet["sim-1"], "a");
        Shell.Run("$map = Get-KubeConfigMap a -Namespace web -Cluster sim-1");
        Fleet["sim-1"].Store.Remove("configmaps", "web", "a");
        AddMap(Fleet["sim-1"], "a", "another's");

        var run = Shell.Run("$map | Invoke-KubeApply -Force");

        Assert.True(Assert.Single(run.Of<KubeApplyResult>()).HasFailed);
        Assert.Equal("Kube.NotFound", run.Error.Id());
        Assert.Equal("another's", Values().First());
    }

    [Fact]
    public void Folders_in_folders_are_read_when_it_is_said()
    {
        Write("folder/a.yaml", Map);
        Write("folder/inner/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: web}\n");

        Assert.Equal(4, Shell.Run("Invoke-KubeApply folder -Recurse").Of<KubeApplyResult>().Count);
    }

    [Theory]
    [InlineData("a: [1", "broken.yaml:1")]
    [InlineData("apiVersion: v1\nmetadata: {name: x}", "has no kind")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}", "broken.yaml:3")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: web}", "is there twice, first at")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}", "has no name of its own")]
    public void Nothing_is_changed_when_a_part_of_it_cannot_be_read(string broken, string told)
    {
        Write("a.yaml", Map);
        Write("broken.yaml", broken);

        var run = Shell.Run("Invoke-KubeApply a.yaml, broken.yaml");

        Assert.Contains(run.Errors.Append(run.Terminated).OfType<ErrorRecord>(), error => $"{error}".Contains(told, StringComparison.Ordinal));
        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.Empty(run.Output);
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void A_path_that_leads_nowhere_changes_nothing()
    {
        Write("a.yaml", Map);

        var run = Shell.Run("Invoke-KubeApply a.yaml, missing.yaml");

        Assert.Contains("missing.yaml", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Kube.Invalid", run.Terminated!.Id());
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void Nothing_at_all_is_an_error_and_an_empty_pipeline_is_none()
    {
        Assert.Equal("Kube.Invalid", Shell.Run("Invoke-KubeApply").Terminated!.Id());

        var run = Shell.Run("@() | Invoke-KubeApply");
        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void WhatIf_writes_what_would_change_and_changes_nothing()
    {
        Write("a.yaml", Map);
        AddMap(Fleet["sim-1"], "a", "theirs");

        var run = Shell.Run("Invoke-KubeApply a.yaml -Force -WhatIf");

        Assert.Equal(["sim-1 ConfigMap a Configured", "sim-2 ConfigMap a Created"], Told(run));
        var change = Assert.Single(run.Of<KubeApplyResult>().Single(static result => result.ClusterName == "sim-1").Changes);
        Assert.Equal(("data.key", "theirs", "1"), (change.Path, change.Old, change.New));
        Assert.All(run.Of<KubeApplyResult>(), static result => Assert.True(result.DryRun));
        Assert.Equal(0, Writes());
        Assert.Equal(["theirs", null], Values());
    }

    [Fact]
    public void A_dry_run_does_the_same_without_a_question()
    {
        Write("a.yaml", Map);

        Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Created"], Told(Shell.Run("Invoke-KubeApply a.yaml -DryRun -Confirm:$false")));
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void What_is_asked_names_the_cluster_and_the_object()
    {
        Write("a.yaml", Map);
        Shell.Host.Answers = ["Yes", "No"];

        var run = Shell.Run("Invoke-KubeApply a.yaml -Confirm");

        Assert.Equal(2, Shell.Host.Questions.Count);
        Assert.Contains("\"Apply\" on target \"sim-1 / ConfigMap / web / a\"", Shell.Host.Questions[0], StringComparison.Ordinal);
        Assert.Equal(["sim-1 ConfigMap a Created"], Told(run));
        Assert.Equal(["1", null], Values());
    }

    [Fact]
    public void A_protected_cluster_refuses_where_nobody_can_be_asked_and_the_others_are_changed()
    {
        Write("a.yaml", Map);
        Shell.Run("Set-KubeCluster sim-1 -Protected");

        var run = Shell.Run("Invoke-KubeApply a.yaml");

        Assert.Equal(("Kube.Protected", FaultPhase.Protected), (run.Error.Id(), run.Error.Fault().Phase));
        Assert.Equal([null, "1"], Values());

        Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Unchanged"], Told(Shell.Run("Invoke-KubeApply a.yaml -AllowProtected")));
        Assert.Single(Shell.Host.Questions); // which nobody answered
    }

    [Fact]
    public void A_protected_cluster_is_previewed_without_a_question()
    {
        Write("a.yaml", Map);
        Shell.Run("Set-KubeCluster * -Protected");

        foreach (var preview in (string[])["-WhatIf", "-DryRun"])
            Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Created"], Told(Shell.Run($"Invoke-KubeApply a.yaml {preview}")));
        Assert.Empty(Shell.Host.Questions);
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void A_conflict_is_a_result_and_an_error_that_names_owner_and_field()
    {
        Write("a.yaml", Map);
        AddMap(Fleet["sim-1"], "a", "theirs");
        Shell.Run("Get-KubeResource configmap a -n web -Cluster sim-1 | Update-KubeResource -Label @{ x = 'y' }");
        Shell.Run("'{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}, data: {key: mine}}' | Invoke-KubeApply -Force -Cluster sim-1");
        Shell.Run("Get-KubeResource configmap a -n web -Cluster sim-1 | Update-KubeResource -Merge @{ data = @{ key = 'patched' } }");

        var run = Shell.Run("Invoke-KubeApply a.yaml -Cluster sim-1");

        var result = Assert.Single(run.Of<KubeApplyResult>());
        Assert.Equal(ChangeOutcome.Conflict, result.Outcome);
        Assert.Equal("Kube.Conflict", run.Error.Id());
        Assert.Same(result, Module.Tests.Support.Shell.Unwrapped(run.Error.TargetObject));
        Assert.Contains("-Force", run.Error.Fault().Advice, StringComparison.Ordinal);
        Assert.Equal(".data.key", Assert.Single(result.Conflicts).Field);
    }

    [Fact]
    public void A_health_check_stops_before_the_next_batch()
    {
        Write("a.yaml", Map);

        var run = Shell.Run("Invoke-KubeApply a.yaml -ClusterBatch 1 -HealthCheck { $script:seen = $_; $false }; $seen.ClusterName");

        Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Skipped"], Told(run));
        Assert.Equal("sim-1", run.Output[^1]);
        Assert.Equal(["1", null], Values());
    }

    [Fact]
    public void A_health_check_that_breaks_stops_too_and_says_why()
    {
        Write("a.yaml", Map);

        var run = Shell.Run("Invoke-KubeApply a.yaml -ClusterBatch 1 -HealthCheck { throw 'the shop is down' }");

        Assert.Contains("the shop is down", run.Of<KubeApplyResult>().Single(static result => result.Outcome == ChangeOutcome.Skipped).Message, StringComparison.Ordinal);
        Assert.Equal(["1", null], Values());
    }

    [Fact]
    public void Too_many_failures_begin_no_further_cluster()
    {
        Write("a.yaml", Map);
        Fleet["sim-1"].Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "patch"));

        var run = Shell.Run("Invoke-KubeApply a.yaml -ClusterBatch 1 -MaxFailure 1");

        Assert.Equal(["sim-1 ConfigMap a Failed", "sim-2 ConfigMap a Skipped"], Told(run));
        Assert.Equal(("Kube.Forbidden", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
    }

    [Fact]
    public void The_values_of_a_Secret_are_in_no_stream()
    {
        Write("s.yaml", "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: web}, stringData: {password: s3cret}}");

        var made = Shell.Run("Invoke-KubeApply s.yaml -WhatIf; Invoke-KubeApply s.yaml -Verbose -Debug");
        Shell["results"] = made.Output;
        var shown = Shell.Screen("$results | Format-List * | Out-String; $results.Changes | Format-Table | Out-String; $results | ConvertTo-Json -Depth 6");

        Assert.Contains("••••", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("czNjcmV0", shown, StringComparison.Ordinal);
        Assert.Equal("czNjcmV0", Stored("secrets", "s")!["data"]!["password"]!.ToString());
    }

    [Fact]
    public void Prune_asks_and_removes_only_what_was_applied_here_and_is_no_longer()
    {
        Write("all.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web, labels: {app: shop}}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: web, labels: {app: shop}}}\n");
        Write("one.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web, labels: {app: shop}}}");
        Shell.Run("Invoke-KubeApply all.yaml");
        foreach (var cluster in Fleet.Clusters)
            cluster.Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"by-hand","namespace":"web","labels":{"app":"shop"} } }""");

        var preview = Shell.Run("Invoke-KubeApply one.yaml -Prune -LabelSelector app=shop -WhatIf");
        Assert.Equal(["sim-1 ConfigMap a Unchanged", "sim-1 ConfigMap b Pruned", "sim-2 ConfigMap a Unchanged", "sim-2 ConfigMap b Pruned"], Told(preview));
        Assert.NotNull(Stored("configmaps", "b"));

        Shell.Host.Answers = ["Yes", "No"];
        var run = Shell.Run("Invoke-KubeApply one.yaml -Prune -LabelSelector app=shop");

        Assert.Equal(["Prune\nRemove sim-1 / ConfigMap / web / b, which is no longer applied?", "Prune\nRemove sim-2 / ConfigMap / web / b, which is no longer applied?"], Shell.Host.Questions.Order(StringComparer.Ordinal));
        Assert.Single(run.Of<KubeApplyResult>(), static result => result.Outcome == ChangeOutcome.Pruned);
        Assert.Single(Fleet.Clusters, cluster => Stored("configmaps", "b", cluster.Name) is null);
        Assert.All(Fleet.Clusters, cluster => Assert.NotNull(Stored("configmaps", "by-hand", cluster.Name)));
    }

    [Fact]
    public void Nothing_is_pruned_without_labels_or_where_nobody_can_be_asked()
    {
        Write("all.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web, labels: {app: shop}}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: web, labels: {app: shop}}}\n");
        Write("one.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web, labels: {app: shop, more: label}}}");
        Shell.Run("Invoke-KubeApply all.yaml");
        var writes = Writes();

        Assert.Equal("Kube.Invalid", Shell.Run("Invoke-KubeApply one.yaml -Prune").Terminated!.Id());
        Assert.Contains("nobody can be asked", $"{Shell.Run("Invoke-KubeApply one.yaml -Prune -LabelSelector app=shop").Terminated}", StringComparison.Ordinal);
        Assert.Equal(writes, Writes());

        Shell.Run("Invoke-KubeApply one.yaml -Prune -LabelSelector app=shop -Confirm:$false");
        Assert.All(Fleet.Clusters, cluster => Assert.Null(Stored("configmaps", "b", cluster.Name)));
    }

    [Fact]
    public void A_job_says_what_became_of_every_object()
    {
        Write("a.yaml", Map);

        var run = Shell.Run("Invoke-KubeApply a.yaml -AsJob | Receive-Job -Wait -AutoRemoveJob");

        Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Created"], Told(run));
        Assert.Equal("Kube.Invalid", Shell.Run("Invoke-KubeApply a.yaml -AsJob -HealthCheck { $true }").Terminated!.Id());
    }

    [Fact]
    public void What_is_stopped_says_what_was_done()
    {
        Write("a.yaml", Map);
        Fleet["sim-2"].Faults.Add(ClusterFault.NeverAnswer().When(static request => request.Verb == "patch"));
        using var running = Shell.Start("Invoke-KubeApply a.yaml");
        running.Until(one => one.Output.OfType<KubeApplyResult>().Any() && Fleet["sim-2"].Requests.All.Any(static request => request.Method == "PATCH"));

        var run = running.Stop();

        Assert.True(run.Stopped);
        Assert.Contains("Stopped.", Shell.Host.Lines);
        Assert.Contains("  sim-1: 1 Created", Shell.Host.Lines);
        Assert.Contains("  sim-2: 1 Cancelled", Shell.Host.Lines);
        Eventually.True(() => Fleet.Clusters.All(static cluster => cluster.ActiveRequests == 0), "A request is still under way.");
    }

    [Fact]
    public void A_namespace_of_the_call_is_for_what_names_none_and_no_other()
    {
        Write("a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {key: '1'}}");

        Assert.All(Shell.Run("Invoke-KubeApply a.yaml -Namespace web").Of<KubeApplyResult>(), static result => Assert.Equal("web", result.Namespace));
        Assert.Equal("Kube.Invalid", Shell.Run($"'{Map.Replace("'", "''", StringComparison.Ordinal)}' | Invoke-KubeApply -Namespace default").Terminated!.Id());
    }
}
