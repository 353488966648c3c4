namespace MultiCluster.Sandbox.Data;

/// <summary>Namespaces, with what every namespace holds.</summary>
internal static class NamespaceData
{
    public static void Add(World world)
    {
        var age = TimeSpan.FromDays(410);
        foreach (var ns in Applications.Namespaces)
        {
            world.Add(new Draft("namespaces", "", ns)
            {
                Age = age,
                Labels = [("kubernetes.io/metadata.name", ns)],
                Body = """ "spec": { "finalizers": [ "kubernetes" ] }, "status": { "phase": "Active" } """,
            });
            world.Add(new Draft("serviceaccounts", ns, "default") { Age = age });
            world.Add(new Draft("configmaps", ns, "kube-root-ca.crt")
            {
                Age = age,
                Body = """ "data": { "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIBdzCCAR2gAwIBAgIBADAKBggqhkjOPQQDAjAj\n-----END CERTIFICATE-----\n" } """,
            });
        }
    }
}
