using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Views;

/// <summary>The tables that are made of the columns servers print.</summary>
public sealed partial class KindViewTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        _shell = new Shell(_fleet).Select("*");
    }

    public ValueTask DisposeAsync()
    {
        _shell.Dispose();
        return _fleet.DisposeAsync();
    }

    [Theory]
    [InlineData("State’]; Set-Content x ran; $_.Columns[’State")] // ran in the session of who listed the kind
    [InlineData("State']; Set-Content x ran; $_.Columns['State")]
    [InlineData("State$(Set-Content x ran)")]
    public void The_name_of_a_column_is_never_run(string name)
    {
        Define("sim-1", (name, "string", ".spec.a"));
        Add("sim-1", """{"a":"one"}""");

        var table = _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1", 200);

        Assert.Contains($" {name} ", table, StringComparison.Ordinal);
        Assert.Contains("one", table, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.File("x")));
    }

    [Fact]
    public void Clusters_whose_columns_differ_share_one_table_of_all_of_them()
    {
        Define("sim-1", ("First", "string", ".spec.a"), ("Second", "integer", ".spec.b"));
        Define("sim-2", ("Third", "string", ".spec.c"), ("second", "integer", ".spec.b"));
        Add("sim-1", """{"a":"one","b":2}""");
        Add("sim-2", """{"c":"three","b":22}""");

        // Columns stand in the order in which clusters answer.
        Assert.Equal(
            """
            ClusterName Namespace Name  First Second Third Age
            ----------- --------- ----  ----- ------ ----- ---
            sim-1       web       thing one        2       0s
            sim-2       web       thing           22 three 0s
            """.ReplaceLineEndings("\n"),
            Young().Replace(_shell.Screen("$null = Get-KubeResource gizmo -Namespace web -Cluster sim-1; Get-KubeResource gizmo -Namespace web | Sort-Object ClusterName | Select-Object -First 9"), "0s"));
    }

    [Fact]
    public void Columns_that_are_called_as_the_tables_own_are_shown_beside_them()
    {
        Define("sim-1", ("Name", "string", ".spec.a"), ("ClusterName", "string", ".spec.b"), ("Age", "integer", ".spec.c"));
        Add("sim-1", """{"a":"own name","b":"own cluster","c":7}""");

        Assert.Equal(
            """
            ClusterName Namespace Name  Name     ClusterName Age Age
            ----------- --------- ----  ----     ----------- --- ---
            sim-1       web       thing own name own cluster   7 0s
            """.ReplaceLineEndings("\n"),
            Young().Replace(_shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1"), "0s"));
    }

    [Fact]
    public void More_columns_than_a_screen_holds_are_in_the_object_alone()
    {
        Define("sim-1", [.. Enumerable.Range(0, 100).Select(static number => ($"C{number}", "string", ".spec.a"))]);
        Add("sim-1", """{"a":"one"}""");

        var list = _shell.Run("$it = Get-KubeResource gizmo -Namespace web -Cluster sim-1; $it.Columns['C99']; (Get-FormatData $it.pstypenames[0]).FormatViewDefinition[0].Control.Headers.Count");

        Assert.Equal(["one", 3 + 64 + 1], list.Output);
    }

    [Fact]
    public void Tables_can_be_read_where_the_language_is_constrained()
    {
        Define("sim-1", ("First", "string", ".spec.a"));
        Add("sim-1", """{"a":"one"}""");
        _shell.Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'");

        Assert.Contains("sim-1       web       thing one", _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1"), StringComparison.Ordinal);
        Assert.Contains("\nsim-1             ", _shell.Screen("Get-KubeCluster sim-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_the_root_that_PowerShell_reserves_ends_no_call()
    {
        Define("sim-1", ("First", "string", ".spec.a"));
        _fleet["sim-1"].Store.Add("""
            {"apiVersion":"example.com/v1","kind":"Gizmo","metadata":{"name":"thing","namespace":"web"},
             "psobject":1,"PSTypeNames":["System.IO.FileInfo"],"PSStandardMembers":1,"ToString":"x","extra":1,"EXTRA":2}
            """);

        var run = _shell.Run("Get-KubeResource gizmo -Namespace web -Cluster sim-1 | ForEach-Object { \"$_\"; @($_.psobject.Properties.Name -eq 'extra').Count }");

        Assert.Empty(run.Errors);
        Assert.Equal(["Gizmo/web/thing", 1], run.Output);
    }

    private void Define(string cluster, params (string Name, string Type, string JsonPath)[] columns)
    {
        var definition = JsonNode.Parse("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"kind":"Gizmo","plural":"gizmos","singular":"gizmo"},
              "versions":[{"name":"v1","served":true,"storage":true}]} }
            """)!.AsObject();
        definition["spec"]!["versions"]![0]!["additionalPrinterColumns"] =
            new JsonArray([.. columns.Select(static column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath })]);
        _fleet[cluster].Store.Add(definition);
    }

    private void Add(string cluster, string spec) => _fleet[cluster].Store.Add(
        $$"""{"apiVersion":"example.com/v1","kind":"Gizmo","metadata":{"name":"thing","namespace":"web"},"spec":{{spec}} }""");

    [GeneratedRegex(@"\b\d+s$", RegexOptions.Multiline)]
    private static partial Regex Young();
}
