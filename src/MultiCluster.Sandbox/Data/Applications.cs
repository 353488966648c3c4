namespace MultiCluster.Sandbox.Data;

/// <summary>The application names that a company has.</summary>
internal static class Applications
{
    public static IReadOnlyList<(string Namespace, string Name, string Tier)> All { get; } =
    [
        ("web", "storefront", "frontend"), ("payments", "payments-api", "backend"), ("web", "api-gateway", "frontend"), ("checkout", "cart", "backend"),
        ("search", "search-query", "backend"), ("payments", "fraud-check", "backend"), ("checkout", "checkout-ui", "frontend"), ("monitoring", "grafana", "frontend"),
        ("web", "session-service", "backend"), ("search", "search-indexer", "worker"), ("ingress-nginx", "ingress-nginx-controller", "edge"), ("kube-system", "coredns", "system"),
        ("payments", "invoice-worker", "worker"), ("web", "image-resizer", "worker"), ("checkout", "shipping", "backend"), ("cert-manager", "cert-manager", "system"),
    ];

    public static IReadOnlyList<string> Namespaces { get; } =
        ["cert-manager", "checkout", "default", "ingress-nginx", "kube-node-lease", "kube-public", "kube-system", "monitoring", "payments", "search", "web"];

    public static string Image(string app, SeededRandom random) => $"registry.example.com/{app}:1.{random.Between(0, 30)}.{random.Between(0, 9)}";
}
