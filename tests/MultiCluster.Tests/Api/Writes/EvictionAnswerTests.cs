using MultiCluster.Api.Writes;
using MultiCluster.Faults;
using MultiCluster.Http;

namespace MultiCluster.Tests.Api.Writes;

/// <summary>Refusals as kube-apiserver 1.20 and 1.33 send them.</summary>
public sealed class EvictionAnswerTests
{
    private const string Budget =
        """{"kind":"Status","message":"Cannot evict pod as it would violate the pod's disruption budget.","reason":"TooManyRequests","details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget one needs 2 healthy pods and has 2 currently"}]},"code":429}""";

    [Fact]
    public void A_budgets_refusal_names_the_budget_and_gives_its_sentence()
    {
        var answer = Of(429, Budget, TimeSpan.FromSeconds(7));
        Assert.Equal((EvictionVerdict.Budget, "one"), (answer.Verdict, answer.Budget));
        Assert.Equal("The disruption budget one needs 2 healthy pods and has 2 currently", answer.Sentence);
        Assert.Equal(TimeSpan.FromSeconds(7), answer.RetryAfter);
    }

    [Theory]
    [InlineData("The disruption budget one is still being processed by the server.", "one")]
    [InlineData("Some other words about a budget", null)]
    public void A_budgets_name_is_read_from_the_servers_sentence(string sentence, string? name) =>
        Assert.Equal(name, Of(429, Budget.Replace("The disruption budget one needs 2 healthy pods and has 2 currently", sentence, StringComparison.Ordinal)).Budget);

    [Fact]
    public void A_busy_server_is_no_budget() =>
        Assert.Equal(EvictionVerdict.Later, Of(429, """{"kind":"Status","message":"too many requests","reason":"TooManyRequests","code":429}""").Verdict);

    [Theory]
    [InlineData(404, """{"kind":"Status","message":"pods \"p9\" not found","reason":"NotFound","details":{"name":"p9","kind":"pods"},"code":404}""")]
    [InlineData(409, """{"kind":"Status","message":"Operation cannot be fulfilled on Pod \"p1\": the UID in the precondition (abc) does not match the UID in record (def). The object might have been deleted and then recreated","reason":"Conflict","details":{"name":"p1","kind":"Pod"},"code":409}""")]
    [InlineData(409, """{"kind":"Status","message":"Operation cannot be fulfilled on pods \"p1\": StorageError: invalid object, Code: 4, Key: /registry/pods/a/p1, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: abc, UID in object meta: def","reason":"Conflict","code":409}""")]
    public void A_pod_that_is_not_there_or_has_another_uid_is_gone(int status, string body) => Assert.Equal(EvictionVerdict.Gone, Of(status, body).Verdict);

    [Fact]
    public void A_pod_that_others_change_is_tried_again() =>
        Assert.Equal(EvictionVerdict.Later, Of(409, """{"kind":"Status","message":"Operation cannot be fulfilled on pods \"p1\": the object has been modified; please apply your changes to the latest version and try again","reason":"Conflict","code":409}""").Verdict);

    [Fact]
    public void A_terminating_namespace_takes_the_pod_along() =>
        Assert.Equal(EvictionVerdict.NamespaceTerminating, Of(403, """{"kind":"Status","message":"pods \"p1\" is forbidden: unable to create new content in namespace dying because it is being terminated","reason":"Forbidden","details":{"name":"p1","kind":"pods","causes":[{"reason":"NamespaceTerminating","message":"namespace dying is being terminated","field":"metadata.namespace"}]},"code":403}""").Verdict);

    [Fact]
    public void Another_403_is_a_refusal()
    {
        var answer = Of(403, """{"kind":"Status","message":"pods \"p1\" is forbidden: User \"jane\" cannot create resource \"pods/eviction\"","reason":"Forbidden","code":403}""");
        Assert.Equal(EvictionVerdict.Refused, answer.Verdict);
        Assert.Equal(FaultPhase.Forbidden, answer.Fault!.Phase);
    }

    [Fact]
    public void Two_budgets_of_one_pod_are_told_from_a_server_that_fails()
    {
        Assert.Equal(EvictionVerdict.TwoBudgets, Of(500, """{"kind":"Status","message":"This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.","code":500}""").Verdict);
        Assert.Equal(EvictionVerdict.Later, Of(500, """{"kind":"Status","message":"etcdserver: request timed out","code":500}""").Verdict);
    }

    [Theory]
    [InlineData("""{"resources":[{"name":"pods","kind":"Pod"},{"name":"pods/eviction","group":"policy","version":"v1","kind":"Eviction"}]}""", "v1")]
    [InlineData("""{"resources":[{"name":"pods/eviction","group":"policy","version":"v1beta1","kind":"Eviction"}]}""", "v1beta1")]
    [InlineData("""{"resources":[{"name":"pods","kind":"Pod"}]}""", null)]
    public void The_servers_resource_list_says_which_eviction_it_takes(string resources, string? version) =>
        Assert.Equal(version, EvictionApi.VersionIn(System.Text.Encoding.UTF8.GetBytes(resources)));

    private static EvictionAnswer Of(int status, string body, TimeSpan? retryAfter = null) =>
        EvictionAnswer.Of(StatusFaults.Of(status, null, "application/json", body, retryAfter, null));
}
