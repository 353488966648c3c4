using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Values;

/// <summary>Paths wherever PowerShell takes the name of a property.</summary>
public sealed class DottedPathTests(SharedFleet shared)
{
    private const string Pods = "$pods = Get-KubeResource pod -A; $pod = $pods | Where-Object Node | Select-Object -First 1;";

    [Theory]
    [InlineData("($pod | Select-Object spec.nodeName).'spec.nodeName'", "$pod.Spec.nodeName")]
    [InlineData("($pod | Select-Object -ExpandProperty SPEC.NODENAME)", "$pod.Spec.nodeName")]
    [InlineData("($pods | Group-Object spec.nodeName).Name", "($pods | Group-Object { $_.Spec.nodeName }).Name")]
    [InlineData("($pods | Sort-Object metadata.labels.app, Name).Name", "($pods | Sort-Object { $_.Metadata.labels.app }, Name).Name")]
    [InlineData("@($pods | Where-Object spec.nodeName -eq $pod.Node).Name", "@($pods | Where-Object Node -eq $pod.Node).Name")]
    [InlineData("$pods | Where-Object Node | ForEach-Object spec.nodeName", "$pods | Where-Object Node | ForEach-Object { $_.Spec.nodeName }")]
    [InlineData("$pod.'spec.containers[0].image'", "$pod.Images[0]")]
    [InlineData("$pod.'spec.containers[-1].image'", "$pod.Images[-1]")]
    [InlineData("$pod | Select-Object -ExpandProperty spec.containers.0.image", "$pod.Images[0]")]
    [InlineData("$pod | Select-Object -ExpandProperty 'spec.containers`[0`].image'", "$pod.Images[0]")]
    [InlineData("$pods.'spec.containers.image'", "$pods.Images")]
    [InlineData("$pod.\"metadata.labels['app.kubernetes.io/name']\"", "$pod.Labels.'app.kubernetes.io/name'")]
    [InlineData("$pod | Select-Object -ExpandProperty metadata.labels.app.kubernetes.io/name", "$pod.Labels.'app.kubernetes.io/name'")]
    [InlineData("$pod.Labels.'app.kubernetes.io/name'", "$pod.Labels['app.kubernetes.io/name']")]
    [InlineData("$pod.Spec.'containers.image'", "$pod.Images")]
    [InlineData("($pod | Select-Object labels.app).'labels.app'", "$pod.Labels.app")]
    [InlineData("$pod.'age.totalDays' -gt 0", "$true")]
    [InlineData("$pods | Where-Object { $_.'spec.containers.resources.requests.memory' } | Measure-Object 'spec.containers.0.resources.requests.memory' -Sum | ForEach-Object { $_.Sum -gt 1MB }", "$true")]
    public void A_path_is_a_property(string path, string same)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run($"{Pods} {path}");
        var expected = shell.Run($"{Pods} {same}");

        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        Assert.NotEmpty(expected.Output);
        Assert.All(expected.Output, Assert.NotNull);
        Assert.Equal(expected.Output.Select(static value => $"{value}"), run.Output.Select(static value => $"{value}"));
    }

    [Fact]
    public void A_table_has_a_column_of_it()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");

        Assert.Matches(@"^spec\.nodeName *\n-+ *\n(node-\d+ *\n?)+$", shell.Screen("Get-KubeResource pod -A | Where-Object Node | Format-Table spec.nodeName"));
    }

    [Fact]
    public void Only_those_that_have_nothing_there_are_empty()
    {
        using var shell = new Shell(shared.Fleet).Select("*");
        var run = shell.Run("""
            $all = Get-KubeResource deployment, daemonset, statefulset -A
            @($all | Where-Object spec.template.spec.containers.resources.limits -eq $null).Name
            "--"
            @($all | Where-Object { -not @($_.Spec.template.spec.containers.resources.limits).Where({ $_ }) }).Name
            """);

        var halves = string.Join(' ', run.Output).Split(" -- ");
        Assert.Equal(halves[1], halves[0]);
    }

    [Theory]
    [InlineData("spec.nothing")]
    [InlineData("spec.containers[99].image")]
    [InlineData("spec.containers[0")]
    [InlineData("spec.containers['x")]
    [InlineData("spec..nodeName")]
    [InlineData("metadata.name.length.and.more")]
    [InlineData(".")]
    public void What_leads_nowhere_is_nothing(string path)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell["path"] = path;
        var run = shell.Run($"{Pods} $null -eq $pod.$path");

        Assert.Equal([true], run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void What_a_user_has_added_is_found()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run($"{Pods} $pod = $pod | Add-Member -PassThru -NotePropertyName my.note -NotePropertyValue 7; $pod.'my.note'; ($pod | Select-Object my.note).'my.note'");

        Assert.Equal([7, 7], run.Output);
    }

    [Fact]
    public void Get_Member_lists_properties_and_no_paths()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var members = shell.Run($"{Pods} ($pod | Get-Member -MemberType Properties).Name").Output;

        Assert.Contains("State", members);
        Assert.InRange(members.Count, 20, 60);
    }

    [Theory]
    [InlineData("psobject")]
    [InlineData("psbase")]
    [InlineData("$(Set-Content boo 1)")]
    [InlineData("'")]
    [InlineData("\"; Set-Content boo 1; \"")]
    [InlineData("`[")]
    [InlineData("\\u001b[31m")]
    public void A_hostile_key_is_a_key(string key)
    {
        using var shell = new Shell(shared.Fleet);
        shell["object"] = Read(JsonSerializer.SerializeToUtf8Bytes(new { metadata = new { name = "x" }, spec = new Dictionary<string, string> { [key] = "there" } }));
        shell["path"] = $"spec['{key.Replace("'", "''", StringComparison.Ordinal)}']";

        Assert.Equal(["there"], shell.Run("$object.$path").Output);
        Assert.False(File.Exists(shell.File("boo")));
    }

    [Fact]
    public void Fields_still_complete()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell.Run(Pods);

        Assert.Contains("nodeName", shell.Offers("$pod.Spec.nodeN").Select(static one => one.CompletionText.Trim('\'')));
        Assert.Contains(shell.Offers("$pod.Sp"), static one => one.CompletionText == "Spec");
    }

    private static KubeObject Read(byte[] json) => new(new ObjectContent(
        new ObjectSource
        {
            Cluster = ClusterIdentity.Of("/home/me/.kube/config", "prod-eu"),
            Kind = new ResourceKind { Group = "", Version = "v1", Kind = "Thing", Plural = "things" },
            Time = TimeProvider.System,
        },
        json,
        ItemIndex.OfObject(json)));
}
