using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Tests.Http;

public sealed class ImpersonationTests : ApiClientTests
{
    [Fact]
    public async Task Each_group_and_extra_value_is_a_header_line_of_its_own()
    {
        await using var server = new WireServer(WireServer.Always(200));
        var user = new KubeconfigUser
        {
            Name = "admin",
            Impersonate = "jane@example.com",
            ImpersonateUid = "4711",
            ImpersonateGroups = ["developers", "system:authenticated", "Größe, 1"],
            ImpersonateExtra = new Dictionary<string, IReadOnlyList<string>> { ["acme.com/Project %"] = ["a", "b"], ["scopes"] = ["view"] },
        };
        var client = NewClient(server.Url, user: user);

        await client.GetBytesAsync(Pods with { Method = HttpMethod.Post, Body = "{}"u8.ToArray() }, Cancelled);
        await client.GetBytesAsync(Pods, Cancelled);

        foreach (var head in server.Requests)
        {
            Assert.Equal(
                [
                    "Impersonate-Extra-acme.com%2FProject%20%25: a",
                    "Impersonate-Extra-acme.com%2FProject%20%25: b",
                    "Impersonate-Extra-scopes: view",
                    "Impersonate-Group: Größe, 1",
                    "Impersonate-Group: developers",
                    "Impersonate-Group: system:authenticated",
                    "Impersonate-Uid: 4711",
                    "Impersonate-User: jane@example.com",
                ],
                head.Split("\r\n").Where(line => line.StartsWith("Impersonate", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_header_that_would_break_its_line_is_refused()
    {
        var user = new KubeconfigUser { Name = "admin", Impersonate = "jane\r\nX-Evil: 1" };

        var fault = Assert.Throws<FaultException>(() => NewClient("https://x", user: user)).Fault;

        Assert.Equal((FaultPhase.Kubeconfig, "the value of Impersonate-User holds a control character"), (fault.Phase, fault.Detail));
    }
}
