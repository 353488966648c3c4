namespace MultiCluster.Sandbox.Data;

/// <summary>
/// What Helm has installed: an add-on that all clusters have alike, one of which the second cluster has an older chart, and an application whose
/// last upgrade failed everywhere and was taken back everywhere but in the second cluster.
/// </summary>
internal static class HelmData
{
    public static void Add(World world)
    {
        foreach (var release in CertManager().Concat(Ingress(world.IsBehind)).Concat(Storefront(world)))
            world.Add(release.ToDraft(world));
    }

    private static IEnumerable<HelmRelease> CertManager()
    {
        var first = TimeSpan.FromDays(210);
        HelmRelease Of(int revision, string version, int days) => new("cert-manager", "cert-manager", revision)
        {
            ChartVersion = version,
            AppVersion = version,
            FirstAge = first,
            Age = TimeSpan.FromDays(days),
            Image = $"quay.io/jetstack/cert-manager-controller:{version}",
            Values = """{"crds":{"enabled":true},"replicaCount":2}""",
        };

        yield return Of(1, "v1.15.3", 210) with { Description = "Install complete" };
        yield return Of(2, "v1.16.2", 64) with { State = "deployed" };
    }

    private static IEnumerable<HelmRelease> Ingress(bool isBehind)
    {
        var first = TimeSpan.FromDays(190);
        HelmRelease Of(int revision, string chart, string app, int days) => new("ingress-nginx", "ingress-nginx", revision)
        {
            ChartVersion = chart,
            AppVersion = app,
            FirstAge = first,
            Age = TimeSpan.FromDays(days),
            Image = $"registry.k8s.io/ingress-nginx/controller:v{app}",
            Values = """{"controller":{"replicaCount":3,"resources":{"requests":{"cpu":"100m","memory":"128Mi"}},"service":{"type":"LoadBalancer"}}}""",
        };

        yield return Of(1, "4.10.1", "1.10.1", 190) with { Description = "Install complete", State = isBehind ? "deployed" : "superseded" };
        if (!isBehind)
            yield return Of(2, "4.11.3", "1.11.3", 33) with { State = "deployed" };
    }

    private static IEnumerable<HelmRelease> Storefront(World world)
    {
        var first = TimeSpan.FromDays(80);
        var password = $"pw-{world.Random.Suffix(16)}";
        HelmRelease Of(int revision, string chart, string app, double days) => new("web", "storefront", revision)
        {
            ChartVersion = chart,
            AppVersion = app,
            FirstAge = first,
            Age = TimeSpan.FromDays(days),
            Image = $"registry.example.com/storefront:{app}",
            Values = $$"""{"cache":{"auth":{"password":"{{password}}","username":"storefront"},"ttl":"10m"},"image":{"tag":"{{app}}"},"ingress":{"host":"storefront.example.com"},"replicaCount":{{(world.IsBehind ? 2 : 4)}}}""",
            ChartValues = """{"cache":{"ttl":"5m"},"image":{"repository":"registry.example.com/storefront","tag":"latest"},"replicaCount":1}""",
        };

        yield return Of(1, "1.7.0", "1.7.0", 80) with { Description = "Install complete" };
        yield return Of(2, "1.7.4", "1.7.9", 41);
        yield return Of(3, "1.8.0", "1.8.2", 12) with { State = world.IsBehind ? "deployed" : "superseded" };
        yield return Of(4, "1.9.0", "1.9.0", 1.5) with { State = "failed", Description = "Upgrade \"storefront\" failed: context deadline exceeded" };
        if (!world.IsBehind)
            yield return Of(5, "1.8.0", "1.8.2", 1.4) with { State = "deployed", Description = "Rollback to 3" };
    }
}
