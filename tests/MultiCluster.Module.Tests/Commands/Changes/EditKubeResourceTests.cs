using MultiCluster.Changes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>Edit-KubeResource over two simulated clusters, with a script as the editor.</summary>
public sealed class EditKubeResourceTests : IAsyncLifetime
{
    private const string Edit = "Edit-KubeResource configmap app -n web";

    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var (cluster, level) in _fleet.Clusters.Zip(["1", "2"]))
            cluster.Store.Add($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app","namespace":"web"},"data":{"mode":"fast","level":"{{level}}"} }""");
        _shell = new Shell(_fleet).Select("*");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Dispose();
        await _fleet.DisposeAsync();
    }

    [Fact]
    public void What_is_edited_changes_in_each_cluster_and_what_differs_between_them_stays()
    {
        var editor = new ScriptedEditor(_shell, "sed -i 's/mode: fast/mode: slow/' \"$1\"");

        var run = _shell.Run($"{Edit} -PassThru");

        Assert.Empty(run.Errors);
        Assert.Equal(2, run.Output.Count);
        Assert.Equal(["slow 1", "slow 2"], Data());
        Assert.Equal(1, editor.Rounds);
        Assert.EndsWith("configmap-app.yaml", editor.Edited, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(editor.Edited)), "It is left behind.");
    }

    [Fact]
    public void What_is_shown_says_whose_it_is_and_where_the_others_differ_and_holds_nothing_of_the_servers()
    {
        var editor = new ScriptedEditor(_shell, "true");

        _shell.Run(Edit);

        Assert.Equal(
            """
            # ConfigMap web/app in sim-1, sim-2.
            # Shown is that of sim-1. What is edited is changed in each, and nothing else.
            # sim-2 differs in data.level.
            # Lines that begin with '#' are comments. To give up, save an empty file.
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: app
              namespace: web
            data:
              mode: fast
              level: "1"

            """,
            editor.Shown());
        Assert.Equal("600 700", editor.Modes);
    }

    [Theory]
    [InlineData("true", "nothing was edited")]
    [InlineData("echo '# a note' >> \"$1\"", "nothing was edited")]
    [InlineData("> \"$1\"", "given up")]
    public void Where_nothing_was_edited_nothing_is_sent_and_that_is_said(string script, string warning)
    {
        _ = new ScriptedEditor(_shell, script);

        var run = _shell.Run(Edit);

        Assert.Contains(warning, Assert.Single(run.Warnings));
        Assert.Empty(run.Output);
        Assert.Empty(Writes());
    }

    [Fact]
    public void A_field_that_is_another_in_a_cluster_is_its_conflict_and_is_overwritten_by_force_alone()
    {
        var editor = new ScriptedEditor(_shell, "sed -i 's/level: \"1\"/level: \"9\"/' \"$1\"");

        var run = _shell.Run(Edit);

        Assert.Equal(("Kube.Conflict", "sim-2"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Equal("data.level: 1 was shown, and 2 is there", Assert.Single(run.Of<KubeApplyResult>()).Message);
        Assert.Contains("-Force", run.Error.ErrorDetails.RecommendedAction);
        Assert.Equal(["fast 9", "fast 2"], Data());
        Assert.Contains($"kept in {editor.Edited}", Assert.Single(run.Warnings));
        Assert.Contains("level: \"9\"", File.ReadAllText(editor.Edited));
        Directory.Delete(Path.GetDirectoryName(editor.Edited)!, recursive: true);
    }

    [Fact]
    public void By_force_what_is_another_there_is_overwritten()
    {
        _ = new ScriptedEditor(_shell, "sed -i 's/level: \"1\"/level: \"9\"/' \"$1\"");

        Assert.Empty(_shell.Run($"{Edit} -Force").Errors);

        Assert.Equal(["fast 9", "fast 9"], Data());
    }

    [Theory]
    [InlineData("sed -i 's/^data:/data: [/' \"$1\"", "configmap-app.yaml:")]
    [InlineData("sed -i 's/name: app/name: other/' \"$1\"", "metadata.name is other and was app")]
    [InlineData("printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: b}\\n' >> \"$1\"", "holds 2 objects")]
    public void At_a_terminal_what_cannot_be_sent_is_opened_again_with_the_reason_on_top(string wrong, string reason)
    {
        using var shell = new Shell(_fleet, interactive: true).Select("sim-1");
        var editor = new ScriptedEditor(shell, wrong, "cp shown-1 \"$1\"; sed -i 's/fast/slow/' \"$1\"");

        var run = shell.Run(Edit);

        Assert.Empty(run.Errors);
        Assert.Equal(2, editor.Rounds);
        Assert.Contains(reason, editor.Shown(2).Split('\n')[0]);
        Assert.Equal("slow 1", Data().First());
    }

    [Fact]
    public void Without_a_terminal_what_cannot_be_sent_is_an_error_and_is_kept()
    {
        var editor = new ScriptedEditor(_shell, "sed -i 's/^data:/data: [/' \"$1\"");

        var run = _shell.Run(Edit);

        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.Equal(1, editor.Rounds);
        Assert.Contains(editor.Edited, Assert.Single(run.Warnings));
        Assert.Contains("data: [", File.ReadAllText(editor.Edited));
        Directory.Delete(Path.GetDirectoryName(editor.Edited)!, recursive: true);
    }

    [Fact]
    public void What_one_cluster_would_refuse_changes_none_and_is_opened_again()
    {
        using var shell = new Shell(_fleet, interactive: true).Select("*");
        var editor = new ScriptedEditor(shell, "sed -i 's/level: \"1\"/level: \"9\"/' \"$1\"", "true");

        var run = shell.Run(Edit);

        Assert.Equal(2, editor.Rounds);
        Assert.StartsWith("# sim-2: Conflict: data.level: 1 was shown, and 2 is there\n", editor.Shown(2));
        Assert.Contains("level: \"9\"", editor.Shown(2));
        Assert.Equal(["fast 1", "fast 2"], Data());
        Assert.Contains(run.Warnings, static text => text.Contains("given up", StringComparison.Ordinal));
        Assert.Contains(run.Warnings, text => text.Contains(editor.Edited, StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(editor.Edited)!, recursive: true);
    }

    [Fact]
    public void What_others_change_meanwhile_is_shown_with_the_rest_of_the_edit()
    {
        using var shell = new Shell(_fleet, interactive: true).Select("sim-1");
        var editor = new ScriptedEditor(shell, "touch opened; while [ ! -f changed ]; do sleep 0.02; done; sed -i -e 's/level: \"1\"/level: \"9\"/' -e 's/fast/slow/' \"$1\"", "sed -i 's/level: \"5\"/level: \"9\"/' \"$1\"");

        using var running = shell.Start(Edit);
        running.Until(_ => File.Exists(shell.File("opened")));
        _fleet["sim-1"].Store.Replace("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app","namespace":"web"},"data":{"mode":"fast","level":"5","new":"x"}}""");
        File.WriteAllText(shell.File("changed"), "");
        var run = running.Wait();

        Assert.Empty(run.Errors);
        Assert.StartsWith("# sim-1: Conflict: data.level: 1 was shown, and 5 is there\n", editor.Shown(2));
        Assert.Contains("mode: slow\n  level: \"5\"\n  new: x\n", editor.Shown(2));
        Assert.Equal("slow 9", Data().First());
    }

    [Fact]
    public void An_editor_that_fails_gives_up_and_opens_no_further_object()
    {
        _fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app2","namespace":"web"}}""");
        var editor = new ScriptedEditor(_shell, "exit 3");

        var run = _shell.Run("Edit-KubeResource configmap app* -n web");

        Assert.Contains("the code 3", $"{run.Error}");
        Assert.Equal(1, editor.Rounds);
        Assert.False(File.Exists(editor.Edited));
    }

    [Fact]
    public void Several_objects_are_edited_one_after_the_other()
    {
        _fleet["sim-1"].Store.Add("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"app2","namespace":"web"},"data":{"mode":"fast"}}""");
        var editor = new ScriptedEditor(_shell, "sed -i 's/fast/slow/' \"$1\"");

        Assert.Empty(_shell.Run("Get-KubeResource configmap app* -n web | Edit-KubeResource").Errors);

        Assert.Equal(2, editor.Rounds);
        Assert.Equal(["slow 1", "slow 2"], Data());
    }

    [Fact]
    public void WhatIf_writes_the_difference_and_sends_nothing_that_stays()
    {
        _ = new ScriptedEditor(_shell, "sed -i 's/fast/slow/' \"$1\"");

        var results = _shell.Run($"{Edit} -WhatIf").Of<KubeApplyResult>();

        Assert.Equal(["data.mode: fast -> slow", "data.mode: fast -> slow"], results.Select(static result => $"{Assert.Single(result.Changes)}"));
        Assert.Equal(["fast 1", "fast 2"], Data());
    }

    [Fact]
    public void A_Secret_is_edited_as_base64_and_none_of_it_is_in_any_stream()
    {
        foreach (var cluster in _fleet.Clusters)
            cluster.Store.Add("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","namespace":"web"},"data":{"password":"czNjcmV0"}}""");
        var editor = new ScriptedEditor(_shell, "sed -i 's/czNjcmV0/bmV3ZXI=/' \"$1\"");

        var run = _shell.Run("Edit-KubeResource secret db -n web -PassThru -Verbose -Debug | Out-String -Stream");

        Assert.Contains("password: czNjcmV0", editor.Shown());
        Assert.All(_fleet.Clusters, static cluster => Assert.Equal("bmV3ZXI=", $"{cluster.Store.Find("secrets", "web", "db")!.ToJson()["data"]!["password"]}"));
        Assert.DoesNotContain(run.Texts.Concat(run.Output.Select(static line => $"{line}")), static text => text.Contains("czNjcmV0", StringComparison.Ordinal) || text.Contains("bmV3ZXI=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_protected_cluster_refuses_where_nobody_can_be_asked()
    {
        _ = new ScriptedEditor(_shell, "sed -i 's/fast/slow/' \"$1\"");
        _shell.Run("Set-KubeCluster sim-1 -Protected");

        var run = _shell.Run(Edit);

        Assert.Equal("Kube.Protected", run.Error.Id());
        Assert.Equal(["fast 1", "slow 2"], Data());
    }

    [Fact]
    public void Without_an_editor_and_a_terminal_the_error_says_what_to_set()
    {
        var error = _shell.Run(Edit).Terminated!;

        Assert.Equal("Kube.Invalid", error.Id());
        Assert.Contains("no editor is named", $"{error}");
        Assert.Contains("$env:KUBE_EDITOR", error.ErrorDetails.RecommendedAction);
    }

    private IEnumerable<string> Data()
    {
        foreach (var cluster in _fleet.Clusters)
        {
            var data = cluster.Store.Find("configmaps", "web", "app")!.ToJson()["data"]!;
            yield return $"{data["mode"]} {data["level"]}";
        }
    }

    private IEnumerable<string> Writes() => _fleet.Clusters.SelectMany(static cluster => cluster.Requests.All.Where(static request => request.Method is "PATCH" or "PUT").Select(static request => request.Path));
}
