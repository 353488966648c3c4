using MultiCluster.Api.Writes;
using MultiCluster.Changes;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Changes;

/// <summary>What servers' refusals of changes are said to mean.</summary>
public sealed class ChangeFaultsTests
{
    [Fact]
    public void A_conflict_names_each_manager_with_its_fields()
    {
        // As Kubernetes 1.20 and later write it, with and without a subresource and a time.
        var fault = Conflict(
            Owned(".spec.replicas", "conflict with \"kube-controller-manager\" with subresource \"scale\" using apps/v1 at 2021-01-01T00:00:00Z"),
            Owned(".spec.template.spec.containers[name=\"app\"].image", "conflict with \"kubectl-set\" using apps/v1"),
            Owned(".spec.paused", "conflict with \"kubectl-set\" using apps/v1 at 2021-01-01T00:00:00Z"));
        var fields = ChangeFaults.FieldsOf(fault);
        Assert.Equal(["kube-controller-manager", "kubectl-set", "kubectl-set"], fields.Select(static field => field.Manager));
        Assert.Equal(
            "kube-controller-manager owns spec.replicas; kubectl-set owns spec.template.spec.containers[name=\"app\"].image and spec.paused",
            ChangeFaults.Sentence(fault, fields));
        Assert.Equal(ChangeOutcome.Conflict, ChangeFaults.OutcomeOf(fault));
        Assert.Contains("-Force", ChangeFaults.Advised(fault).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manager_of_any_name_is_read()
    {
        var field = Assert.Single(ChangeFaults.FieldsOf(Conflict(Owned(".data.a", "conflict with \"say \\\"hello\\\"\" using v1"))));
        Assert.Equal("say \\\"hello\\\"", field.Manager);
    }

    [Fact]
    public void Of_many_fields_the_first_are_named()
    {
        var fault = Conflict([.. Enumerable.Range(0, 40).Select(static i => Owned($".data.key-{i:00}", "conflict with \"helm\" using v1"))]);
        var sentence = ChangeFaults.Sentence(fault, ChangeFaults.FieldsOf(fault));
        Assert.StartsWith("helm owns data.key-00, data.key-01", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("key-39", sentence, StringComparison.Ordinal);
        Assert.InRange(sentence.Length, 1, 300);
        Assert.Equal(40, ChangeFaults.FieldsOf(fault).Count);
    }

    [Fact]
    public void What_the_server_does_not_accept_is_told_field_by_field()
    {
        var fault = new Fault
        {
            Phase = FaultPhase.Invalid,
            HttpStatus = 422,
            Reason = "Invalid",
            Detail = "Deployment.apps \"web\" is invalid",
            Causes = [new("FieldValueRequired", "Required value", "spec.selector"), new("FieldValueInvalid", "Invalid value: -1: must be greater than or equal to 0", "spec.replicas")],
        };
        var fields = ChangeFaults.FieldsOf(fault);
        Assert.Equal("spec.selector: Required value; spec.replicas: Invalid value: -1: must be greater than or equal to 0", ChangeFaults.Sentence(fault, fields));
        Assert.All(fields, static field => Assert.Null(field.Manager));
        Assert.Equal(ChangeOutcome.Invalid, ChangeFaults.OutcomeOf(fault));
    }

    [Fact]
    public void What_does_not_fit_the_schema_is_the_manifests_fault_and_not_the_servers()
    {
        var fault = new Fault { Phase = FaultPhase.Server, HttpStatus = 500, Detail = "failed to create typed patch object (web/a; apps/v1, Kind=Deployment): .spec.nonsense: field not declared in schema" };
        Assert.Equal(ChangeOutcome.Invalid, ChangeFaults.OutcomeOf(fault));
        var advised = ChangeFaults.Advised(fault);
        Assert.Equal(FaultPhase.Invalid, advised.Phase);
        Assert.Contains("Correct the field", advised.Advice, StringComparison.Ordinal);
        Assert.Contains("field not declared in schema", ChangeFaults.Sentence(advised, []), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "failed to create typed patch object: errors: .data.flag: expected string, got &value.valueUnstructured{Value:true}", "quotes")]
    [InlineData(400, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: v1.ConfigMap.Data: ReadString: expects \" or n, but found 8", "quotes")]
    [InlineData(400, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ConfigMap.data of type string", "quotes")]
    [InlineData(500, "failed to create typed patch object: .spec.ports: element 0: associative list with keys has an element that omits key field \"protocol\"", "protocol: TCP")]
    [InlineData(500, "failed to create typed patch object: .spec.nonsense: field not declared in schema", "Correct the field that it names.")]
    public void What_files_get_wrong_most_is_told(int status, string detail, string says) =>
        Assert.Contains(says, ChangeFaults.Advised(new Fault { Phase = FaultPhase.Server, HttpStatus = status, Detail = detail }).Advice, StringComparison.Ordinal);

    [Fact]
    public void A_server_that_breaks_is_no_fault_of_the_manifest() =>
        Assert.Equal(ChangeOutcome.Failed, ChangeFaults.OutcomeOf(new Fault { Phase = FaultPhase.Server, HttpStatus = 500, Detail = "etcdserver: leader changed" }));

    [Theory]
    [InlineData("Conflict", "It was changed meanwhile")]
    [InlineData("AlreadyExists", null)]
    public void A_conflict_of_another_kind_says_what_helps(string reason, string? advice)
    {
        var told = ChangeFaults.Advised(new Fault { Phase = FaultPhase.Conflict, HttpStatus = 409, Reason = reason, Detail = "x" }).Advice;
        Assert.Equal(advice is not null, told?.StartsWith(advice ?? "-", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(nameof(WriteMethod.MergePatch), 409, false, true)]
    [InlineData(nameof(WriteMethod.MergePatch), 422, false, false)]
    [InlineData(nameof(WriteMethod.JsonPatch), 422, false, true)]
    [InlineData(nameof(WriteMethod.Apply), 409, true, false)] // another owner stays one
    [InlineData(nameof(WriteMethod.Apply), 409, false, true)]
    public void Only_a_write_whose_object_is_another_by_now_is_worth_making_again(string method, int status, bool owned, bool outdated)
    {
        var fault = new Fault { Phase = status == 409 ? FaultPhase.Conflict : FaultPhase.Invalid, HttpStatus = status, Reason = "Conflict", Detail = "x", Causes = owned ? [Owned(".a", "conflict with \"b\"")] : [] };
        Assert.Equal(outdated, ChangeFaults.IsOutdated(fault, new ObjectWrite(Enum.Parse<WriteMethod>(method), default)));
    }

    private static FaultCause Owned(string field, string message) => new("FieldManagerConflict", message, field);

    private static Fault Conflict(params FaultCause[] causes) =>
        new() { Phase = FaultPhase.Conflict, HttpStatus = 409, Reason = "Conflict", Detail = $"Apply failed with {causes.Length} conflicts", Causes = causes };
}
