using System.Management.Automation;
using System.Text;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects.Trees;

namespace MultiCluster.Module.Tests.Commands.Resources;

public sealed class ConvertFromKubeYamlTests : IDisposable
{
    private const string Two = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {on: \"1\"}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n";

    private readonly Shell _shell = new();

    [Theory]
    [InlineData("ConvertFrom-KubeYaml two.yaml", "a,b")]
    [InlineData("ConvertFrom-KubeYaml -Path ./two.yaml, c.json", "a,b,c")]
    [InlineData("ConvertFrom-KubeYaml *.yaml", "a,b")]
    [InlineData("ConvertFrom-KubeYaml .", "c,a,b")]
    [InlineData("ConvertFrom-KubeYaml . -Recurse", "c,a,b,d")]
    [InlineData("ConvertFrom-KubeYaml -LiteralPath 'odd[1].txt'", "e")]
    [InlineData("ConvertFrom-KubeYaml two.yaml, *.yaml, .", "a,b,c")]
    [InlineData("Get-Item two.yaml | ConvertFrom-KubeYaml", "a,b")]
    [InlineData("Get-ChildItem -Recurse -File | ConvertFrom-KubeYaml", "c,e,a,b,d")]
    [InlineData("Resolve-Path two.yaml | ConvertFrom-KubeYaml", "a,b")]
    [InlineData("Get-Content two.yaml | ConvertFrom-KubeYaml", "a,b")]
    [InlineData("Get-Content two.yaml -ReadCount 0 | ConvertFrom-KubeYaml", "a,b")]
    [InlineData("Get-Content two.yaml -Raw | ConvertFrom-KubeYaml", "a,b")]
    [InlineData("Get-Content two.yaml, c.json, inner/d.yml | ConvertFrom-KubeYaml", "a,b,c,d")]
    [InlineData("Get-Content two.yaml, c.json -Raw | ConvertFrom-KubeYaml", "a,b,c")]
    [InlineData("'kind: X', 'metadata:', '  name: x' | ConvertFrom-KubeYaml", "x")]
    [InlineData("\"metadata: {name: x}`n\", \"metadata: {name: z}`n\" | ConvertFrom-KubeYaml", "x,z")]
    [InlineData("'{\"metadata\":{\"name\":\"x\"}}', '{\"metadata\":{\"name\":\"z\"}}' | ConvertFrom-KubeYaml", "x,z")]
    [InlineData("'', '# nothing' | ConvertFrom-KubeYaml", "")]
    [InlineData("@'\nkind: List\nitems:\n- {metadata: {name: x}, kind: A}\n- {metadata: {name: z}, kind: A}\n'@ | ConvertFrom-KubeYaml", "x,z")]
    [InlineData("@{ metadata = @{ name = 'x' } }, @{ metadata = @{ name = 'z' } } | ConvertTo-KubeYaml | ConvertFrom-KubeYaml", "x,z")]
    public void Objects_come_from_files_folders_and_text(string script, string names)
    {
        Write("two.yaml", Two);
        Write("c.json", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""");
        Write("odd[1].txt", "kind: X\nmetadata: {name: e}\n");
        Write("inner/d.yml", "kind: X\nmetadata: {name: d}\n");
        File.Delete(_shell.Kubeconfig);

        var run = _shell.Run($"{script} | ForEach-Object {{ $_.metadata.name }}");

        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        Assert.Equal(names, string.Join(',', run.Output));
    }

    [Fact]
    public void What_was_read_may_be_changed_and_written_back()
    {
        Write("web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {app: web}}\nspec: {replicas: 1, template: {spec: {containers: [{name: web, image: 'nginx:1'}]}}}\n");

        var run = _shell.Run("""
            $d = ConvertFrom-KubeYaml web.yaml
            $d.spec.replicas = 3
            $d.spec.paused = $true
            $d.metadata.labels.'a/b' = 'x'
            $d.spec.template.spec.containers[0].image = 'nginx:2'
            $d.spec.template.spec.containers += [pscustomobject]@{ name = 'side'; env = @([ordered]@{ name = 'A'; value = '1' }) }
            $d.spec.strategy = @{ type = 'Recreate' }
            $d | ConvertTo-KubeYaml
            """);

        Assert.Empty(run.Errors);
        Assert.Equal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels:
                app: web
                a/b: x
            spec:
              replicas: 3
              template:
                spec:
                  containers:
                  - name: web
                    image: nginx:2
                  - name: side
                    env:
                    - name: A
                      value: "1"
              paused: true
              strategy:
                type: Recreate

            """.ReplaceLineEndings("\n"),
            Assert.Single(run.Output));
    }

    [Fact]
    public void Values_have_their_types()
    {
        var run = _shell.Run("""
            $t = 'a: yes', 'b: 0777', 'c: 1.5', 'd: "1"', 'e: [1, x]', 'f:', 'g: {}', 'h: 123456789012345678901234567890' | ConvertFrom-KubeYaml
            $t.a, $t.b, $t.c, $t.d, $t.h | ForEach-Object { $_.GetType().Name }
            $t.e.GetType().Name
            $null -eq $t.f
            $t.g.Count
            """);

        Assert.Equal(["Boolean", "Int64", "Double", "String", "BigInteger", "Object[]", true, 0], run.Output);
    }

    [Fact]
    public void It_is_JSON_to_ConvertTo_Json_and_reads_in_a_terminal()
    {
        Write("two.yaml", Two);

        Assert.Equal("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"true":"1"}}""", _shell.Run("ConvertFrom-KubeYaml two.yaml | Select-Object -First 1 | ConvertTo-Json -Depth 20 -Compress").Output.Single());
        Assert.Equal(
            """
            Name       Value
            ----       -----
            apiVersion v1
            kind       ConfigMap
            metadata   {[name, b]}
            """.ReplaceLineEndings("\n"),
            _shell.Screen("ConvertFrom-KubeYaml two.yaml | Select-Object -Last 1", 80));
    }

    [Fact]
    public void A_broken_document_is_an_error_with_its_place_and_the_others_come()
    {
        var file = Write("three.yaml", "kind: A\n---\nkind: B\nkind: C\n---\nkind: {{ .Values.kind }}\n---\nkind: D\n");

        var run = _shell.Run("ConvertFrom-KubeYaml three.yaml, missing.yaml, no*.json | ForEach-Object { $_.kind }");

        Assert.Equal(["A", "D"], run.Output);
        Assert.Equal(
            [
                "missing.yaml: there is no such file or folder.",
                "no*.json: there is no such file.",
                $"{file}:4:1: the key \"kind\" is there twice, first on line 3.",
                $"{file}:6:7: this is a template: what stands in {{{{ }}}} or {{% %}} has not been filled in.",
            ],
            run.Errors.Select(static error => error.Exception.Message));
        Assert.All(run.Errors, static error => Assert.StartsWith("Kube.Invalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(run.Errors, static error => Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category));
        Assert.All(run.Errors, static error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Theory]
    [InlineData("Get-Content bad.yaml | ConvertFrom-KubeYaml", "%bad.yaml:2:1: ")]
    [InlineData("Get-Content good.yaml, bad.yaml | ConvertFrom-KubeYaml", "%bad.yaml:2:1: ")]
    [InlineData("Get-Content good.yaml, bad.yaml -Raw | ConvertFrom-KubeYaml", "%bad.yaml:2:1: ")]
    [InlineData("'a: 1', 'a: 2' | ConvertFrom-KubeYaml", "pipeline:2:1: ")]
    [InlineData("\"a: 1`n\", \"b: 1`nb: 2`n\" | ConvertFrom-KubeYaml", "pipeline (text 2):2:1: ")]
    [InlineData("5 | ConvertFrom-KubeYaml", "a Int32 is no text")]
    [InlineData("ConvertFrom-KubeYaml Env:", "Env:: this is no path of a file")]
    [InlineData("ConvertFrom-KubeYaml empty", "%empty: there is no file in this folder")]
    [InlineData("ConvertFrom-KubeYaml -LiteralPath '*.yaml'", "%*.yaml: there is no such file")]
    [InlineData("ConvertFrom-KubeYaml -LiteralPath 'b[a]d.yaml'", "%b[a]d.yaml: there is no such file")]
    public void An_error_names_where_the_text_came_from(string script, string beginning)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && script.Contains('*', StringComparison.Ordinal), "Windows and wine take no such names.");
        Write("good.yaml", "a: 1\n");
        Write("bad.yaml", "a: 1\na: 2\n");
        Directory.CreateDirectory(_shell.File("empty"));

        var run = _shell.Run(script);

        Assert.StartsWith(beginning.Replace("%", _shell.File(".")[..^1], StringComparison.Ordinal), Assert.Single(run.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_of_no_cluster_leads_to_none()
    {
        Write("two.yaml", Two);

        var run = _shell.Run("ConvertFrom-KubeYaml two.yaml | Select-Object -First 1 -OutVariable tree | Get-KubeResource");

        Assert.Null(((KubeTree)Shell.Unwrapped(_shell.Run("$tree[0]").Output.Single())!).ClusterId);
        Assert.NotNull(run.Terminated ?? (run.Errors is [var first, ..] ? first : null));
    }

    public void Dispose() => _shell.Dispose();

    private string Write(string name, string text)
    {
        var path = _shell.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
