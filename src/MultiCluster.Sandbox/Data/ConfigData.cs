namespace MultiCluster.Sandbox.Data;

/// <summary>ConfigMaps, Secrets and ServiceAccounts of applications.</summary>
internal static class ConfigData
{
    public static void AddForApplication(World world, string ns, string app, TimeSpan age)
    {
        world.Add(ConfigMap(world, ns, app, age));
        world.Add(new Draft("secrets", ns, app)
        {
            Age = age,
            Labels = [("app", app)],
            Body = $"\"data\":{{\"password\":\"{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(world.Random.Suffix(24)))}\"}},\"type\":\"Opaque\"",
        });
        world.Add(new Draft("serviceaccounts", ns, app) { Age = age, Labels = [("app", app)] });
    }

    /// <summary>Those that <see cref="DataOptions.ConfigMaps"/> asks for.</summary>
    public static void AddMore(World world)
    {
        for (var i = 1; i <= world.Options.ConfigMaps; i++)
            world.Add(ConfigMap(world, world.Random.Pick(Applications.Namespaces), $"settings-{i}", TimeSpan.FromHours(world.Random.Between(1, 5000))));
    }

    private static Draft ConfigMap(World world, string ns, string name, TimeSpan age) => new("configmaps", ns, name)
    {
        Age = age,
        Labels = [("app", name)],
        ManagedFields = ManagedFields.Of("v1", world.Ago(age), """{"f:data":{".":{},"f:app.yaml":{}}}"""),
        Body = $$"""
            "data": { "app.yaml": "log:\n  level: info\nserver:\n  port: 8080\nfeatures:\n  - fast-{{world.Random.Suffix(4)}}\n" }
            """,
    };
}
