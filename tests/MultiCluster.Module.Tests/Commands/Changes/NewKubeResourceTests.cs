using System.Text.Json.Nodes;
using MultiCluster.Changes;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Changes;

/// <summary>New-KubeResource over two simulated clusters.</summary>
public sealed class NewKubeResourceTests : ChangeShell
{
    [Theory]
    [InlineData("configmap app -Data @{ key = 1 }", "configmaps", "app", """{"data":{"key":"1"}}""")]
    [InlineData("cm app -Data @{ key = 'x' } -FromFile text.txt", "configmaps", "app", """{"data":{"key":"x","text.txt":"hello"}}""")]
    [InlineData("ConfigMap app -FromFile other=text.txt", "configmaps", "app", """{"data":{"other":"hello"}}""")]
    [InlineData("configmap app -FromFile bytes.bin", "configmaps", "app", """{"binaryData":{"bytes.bin":"//4A"}}""")]
    [InlineData("configmap app -FromFile folder/a.txt, folder/b.txt", "configmaps", "app", """{"data":{"a.txt":"a","b.txt":"b"}}""")]
    [InlineData("configmap app -FromFile folder/*.txt", "configmaps", "app", """{"data":{"a.txt":"a","b.txt":"b"}}""")]
    [InlineData("configmap app -FromFile folder", "configmaps", "app", """{"data":{"a.txt":"a","b.txt":"b"}}""")]
    [InlineData("secret db -StringData @{ user = 'admin' }", "secrets", "db", """{"type":"Opaque","data":{"user":"YWRtaW4="}}""")]
    [InlineData("secret db -StringData @{ password = (ConvertTo-SecureString 's3cret' -AsPlainText -Force) } -Type kubernetes.io/basic-auth", "secrets", "db", """{"type":"kubernetes.io/basic-auth","data":{"password":"czNjcmV0"}}""")]
    [InlineData("serviceaccount robot", "serviceaccounts", "robot", "{}")]
    [InlineData("deployment web -Image registry.example.com/team/nginx:1.2 -Replicas 3 -Port 80", "deployments.apps", "web", """{"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"registry.example.com/team/nginx:1.2","ports":[{"containerPort":80}]}]}}}}""")]
    [InlineData("job import -Image busybox -Command sh, -c, date", "jobs.batch", "import", """{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"busybox","image":"busybox","command":["sh","-c","date"]}]}}}}""")]
    public void What_people_make_daily_is_made_by_a_few_words(string words, string plural, string name, string expected)
    {
        Write("text.txt", "hello");
        Write("folder/a.txt", "a");
        Write("folder/b.txt", "b");
        File.WriteAllBytes(Shell.File("bytes.bin"), [0xff, 0xfe, 0]);

        var run = Shell.Run($"New-KubeResource {words} -Namespace web");

        Assert.Empty(run.Errors);
        Assert.Null(run.Terminated);
        Assert.Equal(["sim-1", "sim-2"], run.Of<KubeObject>().Select(static item => item.ClusterName).Order());
        AssertHas(JsonNode.Parse(expected)!, Stored(plural, name)!, "");
    }

    [Fact]
    public void A_namespace_is_made_by_its_name()
    {
        Assert.Empty(Shell.Run("New-KubeResource ns shop").Errors);

        Assert.NotNull(Stored("namespaces", "shop", ns: null));
    }

    [Fact]
    public void A_Job_is_made_of_a_CronJob_in_the_cluster_of_each()
    {
        Fleet["sim-2"].Store.Add("""{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"backup","namespace":"web"},"spec":{"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"x"}]}}}} } }""");

        var run = Shell.Run("New-KubeResource job now -FromCronJob backup -Namespace web");

        Assert.Equal("sim-2", Assert.Single(run.Of<KubeJob>()).ClusterName);
        Assert.Equal("manual", Stored("jobs.batch", "now", "sim-2")!["metadata"]!["annotations"]!["cronjob.kubernetes.io/instantiate"]!.ToString());
        Assert.Null(Stored("jobs.batch", "now"));
    }

    [Theory]
    [InlineData("New-KubeResource job now -Namespace web -FromCronJob ba", "backup")]
    [InlineData("New-KubeResource secret a -Type kubernetes.io/t", "kubernetes.io/tls")]
    [InlineData("New-KubeResource depl", "deployment")]
    public void What_there_is_is_offered(string line, string offered)
    {
        Fleet["sim-2"].Store.Add("""{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"backup","namespace":"web"},"spec":{"schedule":"0 0 * * *"} }""");
        Assert.Contains(offered, Shell.Offers(line).Select(static one => one.CompletionText));
    }

    [Theory]
    [InlineData("New-KubeResource configmap a -FromFile nosuch/*.txt", "no file fits")]
    [InlineData("New-KubeResource widget a", "is not made by a few words")]
    [InlineData("New-KubeResource deployment web", "-Image")]
    [InlineData("New-KubeResource configmap 'Not A Name'", "Not A Name")]
    [InlineData("New-KubeResource configmap a -FromFile missing.txt", "missing.txt")]
    [InlineData("New-KubeResource configmap a -FromFile text.txt, folder/text.txt", "two files of -FromFile have the key text.txt")]
    [InlineData("New-KubeResource secret a -FromCronJob b", "a CronJob makes Jobs")]
    [InlineData("New-KubeResource", "nothing says what is to be made")]
    public void What_cannot_be_made_says_why_and_sends_nothing(string script, string told)
    {
        Write("text.txt", "hello");
        Write("folder/text.txt", "hello");

        var run = Shell.Run(script);

        Assert.Contains(run.Errors.Append(run.Terminated), error => error is not null && $"{error} {error.Fault().Advice}".Contains(told, StringComparison.Ordinal));
        Assert.NotNull(run.Terminated);
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void What_is_there_already_is_left_as_it_is()
    {
        AddMap(Fleet["sim-1"], "a", "theirs");

        var run = Shell.Run("New-KubeResource configmap a -Data @{ key = 'mine' } -Namespace web");

        Assert.Equal(("Kube.Conflict", "sim-1"), (run.Error.Id(), run.Error.Fault().Cluster!.ClusterName));
        Assert.Equal(["theirs", "mine"], Values());
    }

    [Theory]
    [InlineData("'{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}, data: {key: x}}' | New-KubeResource")]
    [InlineData("New-KubeResource -Path a.yaml")]
    [InlineData("New-KubeResource -LiteralPath a.yaml")]
    [InlineData("Get-Item a.yaml | New-KubeResource")]
    [InlineData("@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a'; namespace = 'web' }; data = @{ key = 'x' } } | New-KubeResource")]
    [InlineData("[pscustomobject]@{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = [pscustomobject]@{ name = 'a'; namespace = 'web' }; data = [pscustomobject]@{ key = 'x' } } | New-KubeResource")]
    public void Whatever_describes_an_object_makes_it(string script)
    {
        Write("a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: web}, data: {key: x}}");

        var run = Shell.Run(script);

        Assert.Empty(run.Errors);
        Assert.Equal(2, run.Of<KubeConfigMap>().Count);
        Assert.Equal(["x", "x"], Values());
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-DryRun")]
    public void A_preview_says_what_would_be_made_and_makes_nothing(string preview)
    {
        var run = Shell.Run($"New-KubeResource configmap a -Data @{{ key = 'x' }} -Namespace web {preview}");

        Assert.Equal(["sim-1 ConfigMap a Created", "sim-2 ConfigMap a Created"], Told(run));
        Assert.All(run.Of<KubeApplyResult>(), static result => Assert.Equal("data.key: (none) -> x", $"{Assert.Single(result.Changes)}"));
        Assert.Equal(0, Writes());
    }

    [Fact]
    public void The_values_of_a_Secret_are_in_no_stream()
    {
        Shell["previews"] = Shell.Run("New-KubeResource secret db -StringData @{ password = 's3cret' } -Namespace web -WhatIf -Verbose").Output;
        Shell["made"] = Shell.Run("New-KubeResource secret db -StringData @{ password = 's3cret' } -Namespace web -Verbose -Debug").Output;

        var shown = Shell.Screen("$made | Format-List * | Out-String; $previews | Format-List * | Out-String; $previews.Changes | Out-String");

        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("czNjcmV0", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kinds_that_are_made_by_words_are_completed() =>
        Assert.Equal(["configmap"], Shell.Offers("New-KubeResource conf").Select(static one => one.CompletionText));

    /// <summary>Whether all that is expected is there.</summary>
    private static void AssertHas(JsonNode expected, JsonNode? actual, string path)
    {
        Assert.True(actual is not null, path);
        if (expected is JsonObject table)
        {
            foreach (var (name, value) in table)
                AssertHas(value!, actual[name], $"{path}.{name}");
        }
        else if (expected is JsonArray list)
        {
            Assert.Equal(list.Count, actual.AsArray().Count);
            for (var i = 0; i < list.Count; i++)
                AssertHas(list[i]!, actual[i], $"{path}[{i}]");
        }
        else
        {
            Assert.Equal($"{path} {expected}", $"{path} {actual}");
        }
    }
}
