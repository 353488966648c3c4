using MultiCluster.Access;
using MultiCluster.Objects.Json;

namespace MultiCluster.Tests.Access;

public sealed class AccessRulesTests
{
    [Theory]
    [InlineData("get", "", "pods", null, null, true)]
    [InlineData("delete", "", "pods", null, null, false)]
    [InlineData("get", "apps", "pods", null, null, false)]
    [InlineData("get", "", "pods", "log", null, false)]
    [InlineData("create", "", "pods", "eviction", null, true)]
    [InlineData("create", "", "pods", null, null, false)]
    [InlineData("patch", "apps", "deployments", "scale", null, true)]
    [InlineData("patch", "apps", "deployments", null, null, false)]
    [InlineData("get", "", "secrets", null, "one", true)]
    [InlineData("get", "", "secrets", null, "two", false)]
    [InlineData("get", "", "secrets", null, null, false)]
    [InlineData("anything", "batch", "jobs", "status", null, false)]
    [InlineData("anything", "batch", "jobs", null, null, true)]
    public void Rules_allow_what_rbac_allows(string verb, string group, string resource, string? subresource, string? name, bool allowed) =>
        Assert.Equal(allowed, Rules(incomplete: false).Allows(new AccessQuestion(verb, group, resource, subresource, "web", name)));

    [Fact]
    public void What_incomplete_rules_do_not_allow_is_not_known()
    {
        Assert.Null(Rules(incomplete: true).Allows(new AccessQuestion("delete", "", "pods")));
        Assert.True(Rules(incomplete: true).Allows(new AccessQuestion("get", "", "pods")));
        Assert.Null(new AccessRules(default).Allows(new AccessQuestion("get", "", "pods")));
    }

    private static AccessRules Rules(bool incomplete) => new(JsonSlice.Parse($$"""
        {"status":{"incomplete":{{(incomplete ? "true" : "false")}},"resourceRules":[
          {"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]},
          {"verbs":["create"],"apiGroups":[""],"resources":["pods/eviction"]},
          {"verbs":["patch"],"apiGroups":["*"],"resources":["*/scale"]},
          {"verbs":["get"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["one"]},
          {"verbs":["*"],"apiGroups":["batch"],"resources":["jobs"]}] } }
        """));
}
