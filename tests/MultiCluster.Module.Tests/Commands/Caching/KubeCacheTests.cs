using MultiCluster.Caching;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Commands.Caching;

/// <summary>Live caches as their user has them.</summary>
public sealed class KubeCacheTests(SharedFleet shared)
{
    [Fact]
    public void Pods_are_cached_read_from_memory_and_given_back()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        var live = shell.Run("Get-KubePod -AllNamespaces").Of<KubePod>();

        var enabled = shell.Run("Enable-KubeCache pod, node");
        var cached = shell.Run("Get-KubePod -AllNamespaces -Cached -Verbose");
        var piped = shell.Run("Get-KubePod -AllNamespaces -Cached | Select-Object -First 3 | Get-KubeResource -Cached");
        shell.Run("Get-KubeCache pods | Disable-KubeCache");
        var left = shell.Run("Get-KubeCache");

        Assert.All([enabled, cached, piped, left], static run => Assert.Empty(run.Errors));
        Assert.Equal(4, enabled.Of<KubeCache>().Count);
        Assert.Equal(live.Select(static pod => $"{pod.ClusterName}/{pod}").Order(), cached.Of<KubePod>().Select(static pod => $"{pod.ClusterName}/{pod}").Order());
        Assert.Contains(cached.Verbose, static line => line == "prod-eu: pods come from the cache, which is live.");
        Assert.DoesNotContain(cached.Verbose, static line => line.Contains("GET", StringComparison.Ordinal));
        Assert.Equal(3, piped.Of<KubePod>().Count);
        Assert.Equal(["nodes", "nodes"], left.Of<KubeCache>().Select(static cache => cache.Kind));
    }

    [Fact]
    public void A_table_of_caches_fits_a_terminal_of_80_columns()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell.Run("Enable-KubeCache nodes; Enable-KubeCache deploy -Namespace kube-system");

        var screen = shell.Screen("Get-KubeCache", 80);

        Assert.Matches(@"^ClusterName +Kind +Namespace +Objects +Size +State +Age\n", screen);
        Assert.Matches(@"(?m)^prod-eu +nodes +\d+ +\d+ Live +0s", screen);
        Assert.Matches(@"(?m)^prod-eu +deployments\.apps +kube-system +\d+ +\d+ Live +0s", screen);
        Assert.All(screen.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Events_come_from_memory_and_are_those_of_the_server()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        var live = shell.Run("Get-KubeEvent -AllNamespaces -Type Warning -First 20").Of<KubeEvent>();
        shell.Run("Enable-KubeCache v1/events");

        var cached = shell.Run("Get-KubeEvent -AllNamespaces -Type Warning -First 20 -Cached -Verbose");
        var about = shell.Run("Get-KubePod -AllNamespaces | Where-Object State -eq CrashLoopBackOff | Get-KubeEvent -Cached -Verbose");

        Assert.NotEmpty(live);
        Assert.Equal(live.Select(static one => $"{one.ClusterName} {one}"), cached.Of<KubeEvent>().Select(static one => $"{one.ClusterName} {one}"));
        Assert.Empty(cached.Warnings);
        Assert.Contains("prod-eu: events come from the cache, which is live.", cached.Verbose);
        Assert.DoesNotContain(cached.Verbose, static line => line.Contains("GET", StringComparison.Ordinal));
        Assert.DoesNotContain(about.Verbose, static line => line.Contains("/events", StringComparison.Ordinal));
        Assert.Empty(about.Errors);
    }

    [Theory]
    [InlineData("Compare-KubeResource deploy -AllNamespaces", "deployments")]
    [InlineData("Compare-KubeResource deploy storefront -Namespace web -IncludeEqual", "deployments")]
    [InlineData("Measure-KubeResource pod -AllNamespaces -By Namespace", "pods")]
    [InlineData("Measure-KubeResource pod -AllNamespaces -LabelSelector app=storefront", "pods")]
    [InlineData("Get-KubeImage -AllNamespaces", "pods")]
    public void What_is_live_answers_for_comparisons_sums_and_images(string script, string kind)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        var live = shell.Run($"{script} | ConvertTo-Json -Depth 5").Output;
        shell.Run($"Enable-KubeCache {kind}");

        var cached = shell.Run($"{script} -Verbose | ConvertTo-Json -Depth 5");

        Assert.Equal(live, cached.Output);
        Assert.Contains($"prod-eu: {kind} come from the cache, which is live.", cached.Verbose);
        Assert.DoesNotContain(cached.Verbose, line => line.Contains($"/{kind}", StringComparison.Ordinal) && !line.Contains("metrics.k8s.io", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Disable-KubeCache", "Kube.Invalid", "nothing says which caches to end")]
    [InlineData("Disable-KubeCache pods", "Kube.NotFound", "there is no cache of pods")]
    [InlineData("Get-KubeCache nosuch", "Kube.NotFound", "there is no cache of nosuch")]
    [InlineData("[pscustomobject]@{ Name = 'x' } | Disable-KubeCache", "Kube.NotFound", "this is no cache")]
    [InlineData("Enable-KubeCache nosuch -Cluster prod-eu", "Kube.KindNotFound", "the cluster serves no kind")]
    public void What_cannot_be_done_is_told(string script, string id, string says)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");

        var run = shell.Run(script);

        var error = run.Terminated ?? Assert.Single(run.Errors);
        Assert.Equal(id, error.Id());
        Assert.Contains(says, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_lead_back_to_their_caches()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        shell.Run("Enable-KubeCache pods, nodes");

        var run = shell.Run("Get-KubeCache pods | ConvertTo-Csv | ConvertFrom-Csv | Disable-KubeCache; Get-KubeCache");

        Assert.Empty(run.Errors);
        Assert.Equal(["nodes", "nodes"], run.Of<KubeCache>().Select(static cache => cache.Kind));
    }

    [Fact]
    public void Kinds_complete_and_names_complete_from_memory()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell.Run("Enable-KubeCache pods, nodes");
        var pod = shell.Run("Get-KubePod -AllNamespaces -Cached -First 1").Of<KubePod>()[0];

        Assert.Equal(["nodes", "pods"], shell.Offers("Disable-KubeCache ").Select(static result => result.CompletionText));
        Assert.Contains(shell.Offers($"Get-KubePod -Namespace {pod.Namespace} {pod.Name[..^2]}"), result => result.CompletionText == pod.Name);
    }
}
